package dev.countersign.server.account;

import dev.countersign.common.sql.Row;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Stores and registers of a tenant. */
public final class Places {
  private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,8}");
  private static final Pattern REGISTER = Pattern.compile("[A-Z0-9]{1,7}");

  /**
   * Adds a store.
   *
   * @throws RefusedException when the number is malformed or taken, or the name is none
   */
  public Store addStore(TenantScope scope, UUID id, String number, String name)
      throws SQLException {
    if (!NUMBER.matcher(number).matches()) {
      throw new RefusedException("A store number is 1 to 8 capital letters and digits.");
    }
    Names.require(name);
    if (storeNumbered(scope, number).isPresent()) {
      throw new RefusedException("There is a store " + number + " already.");
    }
    scope.db().update("INSERT INTO store VALUES (?, ?, ?)", id, number, name);
    return new Store(id, number, name);
  }

  /**
   * Adds a register to a store.
   *
   * @throws RefusedException when the name is malformed or taken, or there is no such store
   */
  public Register addRegister(TenantScope scope, UUID id, UUID store, String name)
      throws SQLException {
    if (!REGISTER.matcher(name).matches()) {
      throw new RefusedException("A register is named by 1 to 7 capital letters and digits.");
    }
    Store in = store(scope, store);
    if (registers(scope, store).stream().anyMatch(other -> other.name().equals(name))) {
      throw new RefusedException(
          "There is a register " + name + " in store " + in.number() + " already.");
    }
    scope.db().update("INSERT INTO register (id, store, name) VALUES (?, ?, ?)", id, store, name);
    return new Register(id, store, name);
  }

  public List<Store> stores(TenantScope scope) throws SQLException {
    return scope.db().list("SELECT id, number, name FROM store ORDER BY number", Places::store);
  }

  public Optional<Store> storeNumbered(TenantScope scope, String number) throws SQLException {
    return scope
        .db()
        .first("SELECT id, number, name FROM store WHERE number = ?", Places::store, number);
  }

  /**
   * The store with this id.
   *
   * @throws RefusedException when there is none
   */
  public Store store(TenantScope scope, UUID id) throws SQLException {
    return findStore(scope, id).orElseThrow(() -> new RefusedException("There is no such store."));
  }

  /** The store with this id, or empty. */
  public Optional<Store> findStore(TenantScope scope, UUID id) throws SQLException {
    return scope.db().first("SELECT id, number, name FROM store WHERE id = ?", Places::store, id);
  }

  public List<Register> registers(TenantScope scope, UUID store) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT id, store, name FROM register WHERE store = ? ORDER BY name",
            Places::register,
            store);
  }

  /**
   * The register with this id.
   *
   * @throws RefusedException when there is none
   */
  public Register register(TenantScope scope, UUID id) throws SQLException {
    return scope
        .db()
        .first("SELECT id, store, name FROM register WHERE id = ?", Places::register, id)
        .orElseThrow(() -> new RefusedException("There is no such register."));
  }

  /**
   * A series of receipt numbers that no device of this tenant has or had: {@code store-register}
   * for a register's first device, then with B, C and so on behind it. A name that another
   * register's suffix already made (register 1B after the second device of register 1) is passed
   * over.
   */
  String nextSeries(TenantScope scope, Store store, Register register) throws SQLException {
    while (true) {
      long turn =
          scope
              .db()
              .first(
                  "UPDATE register SET next_series = next_series + 1 WHERE id = ?"
                      + " RETURNING next_series - 1",
                  row -> row.integer(1),
                  register.id())
              .orElseThrow(() -> new RefusedException("There is no such register."));
      String series = store.number() + "-" + register.name() + suffix(turn);
      boolean taken =
          scope
              .db()
              .first("SELECT 1 FROM device WHERE series = ?", row -> row.integer(1), series)
              .isPresent();
      if (!taken) {
        return series;
      }
    }
  }

  /** Nothing for turn 0, then B to Z, BA, BB, …: never an A alone, which would read as a first. */
  private static String suffix(long turn) {
    StringBuilder letters = new StringBuilder();
    for (long rest = turn; rest > 0; rest /= 26) {
      letters.insert(0, (char) ('A' + rest % 26));
    }
    return letters.toString();
  }

  private static Store store(Row row) throws SQLException {
    return new Store(row.uuid(1), row.text(2), row.text(3));
  }

  private static Register register(Row row) throws SQLException {
    return new Register(row.uuid(1), row.uuid(2), row.text(3));
  }
}
