package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.Grants;
import dev.countersign.server.account.People;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows, looked up for all changes of a batch at once, and carried on as they are
 * judged one after the other.
 */
final class BatchGround implements Ground {
  private static final int AT_ONCE = 64;
  private static final String SALES_BY_ID =
      "SELECT id FROM sale WHERE id IN ("
          + String.join(",", Collections.nCopies(AT_ONCE, "?"))
          + ")";

  private final Map<UUID, Optional<Person>> persons = new HashMap<>();
  private final Map<UUID, GrantSheet> grants = new HashMap<>();
  private final Map<UUID, Instant> left = new HashMap<>();
  private final Set<UUID> sales = new HashSet<>();
  private final Map<UUID, UUID> shiftDevices = new HashMap<>();
  private final Set<Long> receipts = new HashSet<>();
  private final Set<UUID> products;
  private final UUID device;
  private long highest;
  private long cashIncrement;

  private BatchGround(UUID device, Set<UUID> products) {
    this.device = device;
    this.products = products;
  }

  static BatchGround of(
      TenantScope scope, SaleFeed feed, People people, UUID device, Post post, List<Change> changes)
      throws SQLException {
    Db db = scope.db();
    Set<UUID> users = new HashSet<>();
    Set<UUID> saleIds = new HashSet<>();
    Set<UUID> shiftIds = new HashSet<>();
    Set<UUID> productIds = new HashSet<>();
    for (Change change : changes) {
      users.add(change.actor());
      if (change.approver() != null) {
        users.add(change.approver());
      }
      if (change.body() instanceof SaleCompleted sale && Wholeness.isWhole(sale)) {
        saleIds.add(change.entity());
        shiftIds.add(sale.shift());
        for (SaleCompleted.Line line : sale.lines()) {
          if (line.product() != null) {
            productIds.add(line.product());
          }
        }
      } else if (change.body() instanceof ShiftOpened) {
        shiftIds.add(change.entity());
      } else if (change.body() instanceof BasketVoided basket && Wholeness.isWhole(basket)) {
        shiftIds.add(basket.shift());
      }
    }
    Set<UUID> known = productIds.isEmpty() ? Set.of() : feed.known(scope, productIds);
    BatchGround ground = new BatchGround(device, known);
    for (UUID user : users) {
      ground.persons.put(user, person(scope, people, user, post.store()));
    }
    ground.loadWarrants(scope, changes);
    for (UUID shift : shiftIds) {
      db.first("SELECT device FROM shift WHERE id = ?", row -> row.uuid(1), shift)
          .ifPresent(owner -> ground.shiftDevices.put(shift, owner));
    }
    ground.loadSales(db, List.copyOf(saleIds));
    ground.highest =
        db.first(
                "SELECT highest FROM receipt_series WHERE device = ?",
                row -> row.integer(1),
                device)
            .orElse(0L);
    ground.loadReceipts(db, post, changes);
    if (changes.stream().anyMatch(BatchGround::isRounded)) {
      ground.cashIncrement = feed.cashIncrement(scope, post.store());
    }
    return ground;
  }

  /** The sheets that the changes name, and when those left who are not here any more. */
  private void loadWarrants(TenantScope scope, List<Change> changes) throws SQLException {
    Set<UUID> sheets = new HashSet<>();
    for (Change change : changes) {
      if (change.authority() != null) {
        sheets.add(change.authority());
      }
    }
    for (UUID sheet : sheets) {
      Grants.find(scope, sheet, device).ifPresent(found -> grants.put(sheet, found));
    }
    for (Map.Entry<UUID, Optional<Person>> person : persons.entrySet()) {
      if (person.getValue().isEmpty()) {
        left(scope.db(), person.getKey()).ifPresent(at -> left.put(person.getKey(), at));
      }
    }
  }

  private static boolean isRounded(Change change) {
    return change.body() instanceof SaleCompleted sale && sale.rounding() != 0;
  }

  private static Optional<Person> person(TenantScope scope, People people, UUID user, UUID store)
      throws SQLException {
    return people
        .workerIn(scope, user, store)
        .map(worker -> new Person(worker.name(), worker.role()));
  }

  private void loadSales(Db db, List<UUID> ids) throws SQLException {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      @Nullable Object[] chunk = new @Nullable Object[AT_ONCE];
      for (int i = 0; i < AT_ONCE && from + i < ids.size(); i++) {
        chunk[i] = ids.get(from + i);
      }
      sales.addAll(db.list(SALES_BY_ID, row -> row.uuid(1), chunk));
    }
  }

  /** Only numbers up to the highest can have been used; a till that goes on needs no look. */
  private void loadReceipts(Db db, Post post, List<Change> changes) throws SQLException {
    for (Change change : changes) {
      if (change.body() instanceof SaleCompleted sale && Wholeness.isWhole(sale)) {
        long number = Judge.receiptOf(sale, post);
        if (number > 0
            && number <= highest
            && db.first(
                    "SELECT 1 FROM sale WHERE device = ? AND receipt_number = ?",
                    row -> row.integer(1),
                    device,
                    number)
                .isPresent()) {
          receipts.add(number);
        }
      }
    }
  }

  /** Those of whom a change speaks and who work here. */
  Set<UUID> workers() {
    return persons.entrySet().stream()
        .filter(entry -> entry.getValue().isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** A sale now counts. */
  void recorded(UUID sale, long receipt) {
    sales.add(sale);
    receipts.add(receipt);
  }

  /** A shift is now open. */
  void opened(UUID shift) {
    shiftDevices.put(shift, device);
  }

  /** A receipt of the series was handed out, whether its sale counts or not: the next is no gap. */
  void handedOut(long receipt) {
    highest = Math.max(highest, receipt);
  }

  private static Optional<Instant> left(Db db, UUID user) throws SQLException {
    return db.first(
        "SELECT left_at FROM user_account WHERE id = ? AND active = 0 AND left_at IS NOT NULL",
        row -> row.instant(1),
        user);
  }

  @Override
  public Optional<GrantSheet> grant(UUID sheet) {
    return Optional.ofNullable(grants.get(sheet));
  }

  @Override
  public Optional<Instant> left(UUID user) {
    return Optional.ofNullable(left.get(user));
  }

  @Override
  public Optional<Person> person(UUID user) {
    return persons.getOrDefault(user, Optional.empty());
  }

  @Override
  public boolean hasSale(UUID sale) {
    return sales.contains(sale);
  }

  @Override
  public boolean hasShift(UUID shift) {
    return device.equals(shiftDevices.get(shift));
  }

  @Override
  public boolean isShiftTaken(UUID shift) {
    return shiftDevices.containsKey(shift);
  }

  @Override
  public boolean hasProduct(UUID product) {
    return products.contains(product);
  }

  @Override
  public long highestReceipt() {
    return highest;
  }

  @Override
  public boolean hasReceipt(long number) {
    return receipts.contains(number);
  }

  @Override
  public long cashIncrement() {
    return cashIncrement;
  }
}
