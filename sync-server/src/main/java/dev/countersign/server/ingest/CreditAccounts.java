package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.sql.Db;
import dev.countersign.server.credit.CreditCodes;
import dev.countersign.server.credit.CreditTable;
import dev.countersign.server.credit.CreditTable.Account;
import dev.countersign.server.credit.CreditTable.Movement;
import dev.countersign.server.credit.CreditTable.Why;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The credit accounts that a batch speaks of, and what it moves on them. */
final class CreditAccounts {
  /** What the changes of a batch speak of. */
  static final class Mentions {
    private final Set<UUID> accounts = new HashSet<>();
    private final Set<String> codes = new HashSet<>();
    private final Set<PutOn> putOn = new HashSet<>();

    void add(SaleCompleted sale) {
      sale.credits().forEach(credit -> accounts.add(credit.account()));
      for (SaleCompleted.Paid paid : sale.tenders()) {
        if (paid.account() != null && paid.means().isCredit()) {
          accounts.add(paid.account());
        }
      }
    }

    void add(UUID account, CreditIssued credit) {
      accounts.add(account);
      codes.add(credit.opens());
      if (credit.sale() != null) {
        putOn.add(new PutOn(account, credit.sale()));
      }
    }
  }

  private record PutOn(UUID account, UUID sale) {}

  private record Opened(Account account, String opens) {}

  private final UUID device;
  private final CreditTable table = new CreditTable();
  private final Map<UUID, Ground.Credit> accounts = new HashMap<>();
  private final Set<String> takenCodes = new HashSet<>();
  private final Map<PutOn, Long> putOn = new HashMap<>();
  private final List<Opened> opened = new ArrayList<>();
  private final List<Movement> movements = new ArrayList<>();

  /**
   * @param device whose changes these are
   */
  CreditAccounts(UUID device) {
    this.device = device;
  }

  void load(TenantScope scope, Mentions mentions) throws SQLException {
    Db db = scope.db();
    for (UUID account : mentions.accounts) {
      accounts.put(
          account,
          new Ground.Credit(
              table.find(db, account).map(Account::kind).orElse(null),
              table.balance(db, account),
              table.heldBy(db, account, device)));
    }
    for (String opens : mentions.codes) {
      Optional<Hash> hash = hash(opens);
      if (hash.isPresent() && table.byCode(db, CreditCodes.keyed(scope, hash.get())).isPresent()) {
        takenCodes.add(opens);
      }
    }
    for (PutOn each : mentions.putOn) {
      putOn.put(each, table.putOn(db, each.account(), each.sale()));
    }
  }

  Ground.Credit find(UUID account) {
    return accounts.getOrDefault(account, Ground.Credit.NONE);
  }

  boolean isCodeTaken(String opens) {
    return takenCodes.contains(opens);
  }

  long putOn(UUID account, UUID sale) {
    return putOn.getOrDefault(new PutOn(account, sale), 0L);
  }

  /** A sale counts. */
  void sold(Change change, SaleCompleted sale) {
    int part = 0;
    for (SaleCompleted.Credit credit : sale.credits()) {
      move(change, part++, credit.account(), Why.ISSUED, credit.amount(), change.entity());
    }
    for (SaleCompleted.Paid paid : sale.tenders()) {
      UUID account = paid.account();
      if (account != null && paid.means().isCredit() && paid.amount() != 0) {
        Why why = paid.amount() > 0 ? Why.SPENT : Why.REFUNDED;
        move(change, part++, account, why, -paid.amount(), change.entity());
      }
    }
  }

  /** An account was opened. */
  void issued(Change change, CreditIssued credit) {
    UUID account = change.entity();
    Ground.Credit before = find(account);
    accounts.put(account, new Ground.Credit(credit.kind(), before.balance(), before.held()));
    takenCodes.add(credit.opens());
    opened.add(new Opened(new Account(account, credit.kind(), credit.store()), credit.opens()));
    if (credit.sale() == null) {
      move(change, 0, account, Why.GIVEN, credit.amount(), null);
    }
  }

  private void move(
      Change change, int part, UUID account, Why why, long amount, @Nullable UUID sale) {
    movements.add(new Movement(device, change.number(), part, account, why, amount, sale));
    Ground.Credit before = find(account);
    long held = before.held() - Math.min(before.held(), Math.max(0, -amount));
    accounts.put(account, new Ground.Credit(before.kind(), before.balance() + amount, held));
    if (sale != null && amount > 0) {
      putOn.merge(new PutOn(account, sale), amount, Math::addExact);
    }
  }

  /** Writes what moved. What is held is looked up again: a person may have accepted two at once. */
  void write(TenantScope scope, Instant received) throws SQLException {
    Db db = scope.db();
    for (Opened each : opened) {
      Hash hash = hash(each.opens()).orElseThrow(() -> new SQLException("a code without a hash"));
      table.open(db, each.account(), CreditCodes.keyed(scope, hash), device, received);
    }
    for (Movement movement : movements) {
      table.moved(db, movement, received);
      if (movement.amount() < 0) {
        long held = table.heldBy(db, movement.account(), device);
        table.spent(db, movement.account(), device, Math.min(held, -movement.amount()));
      }
    }
  }

  private static Optional<Hash> hash(String opens) {
    try {
      return Optional.of(Hash.fromHex(opens));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
