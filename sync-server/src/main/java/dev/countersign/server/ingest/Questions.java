package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.People;
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

/**
 * The questions that the resolutions of a batch answer. What a person accepts is looked at once
 * more, on the ground of now: it counts only when nothing but a right, a cap or a cut-off device
 * stood against it.
 */
final class Questions {
  /** Which change a question is about. */
  record Key(UUID device, long batch, long number) {
    static Key of(VerdictResolved body) {
      return new Key(body.device(), body.batch(), body.number());
    }
  }

  /** A change that counts from now on, with the ground it was looked at on. */
  record Accepted(Key key, Change change, Post post, BatchGround ground, Judgement judgement) {}

  /** A person's decision that stands. */
  record Decided(
      Key key, Change by, String byName, VerdictResolved body, @Nullable Accepted accepted) {}

  private record Row(Verdict verdict, String code, @Nullable String decision) {}

  private record Loaded(Ground.Question question, @Nullable Accepted accepted) {}

  private final Map<Key, Loaded> loaded = new HashMap<>();
  private final Set<Key> decidedNow = new HashSet<>();
  private final Set<Object> takenNow = new HashSet<>();
  private final List<Decided> decided = new ArrayList<>();

  /** Looks up what the resolutions are about, as far as it is of the store. */
  void load(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Judge judge,
      UUID store,
      List<VerdictResolved> resolutions,
      Instant received)
      throws SQLException {
    StoredChanges stored = new StoredChanges(scope.db());
    Devices devices = new Devices();
    for (VerdictResolved resolution : resolutions) {
      Key key = Key.of(resolution);
      Optional<Row> row = row(scope.db(), key);
      Optional<Devices.Device> device =
          row.isEmpty() ? Optional.empty() : devices.find(scope, key.device());
      if (row.isEmpty() || device.isEmpty() || !device.get().store().equals(store)) {
        continue;
      }
      Optional<Change> change = stored.find(key.device(), key.batch(), key.number());
      Accepted accepted = null;
      if (row.get().verdict() == Verdict.QUARANTINED && change.isPresent()) {
        accepted =
            reconsider(scope, feed, people, judge, key, device.get(), change.get(), received);
      }
      loaded.put(
          key,
          new Loaded(
              new Ground.Question(
                  row.get().verdict(),
                  row.get().decision() != null,
                  accepted != null,
                  change.map(Change::actor).orElse(null)),
              accepted));
    }
  }

  private static Optional<Row> row(Db db, Key key) throws SQLException {
    return db.first(
        """
        SELECT verdict, code, decision FROM question
        WHERE device = ? AND batch = ? AND change_number = ?\
        """,
        row -> new Row(Verdict.valueOf(row.text(1)), row.text(2), row.textOrNull(3)),
        key.device(),
        key.batch(),
        key.number());
  }

  private static @Nullable Accepted reconsider(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Judge judge,
      Key key,
      Devices.Device device,
      Change change,
      Instant received)
      throws SQLException {
    if (change.body() instanceof VerdictResolved) {
      // Whoever may decide does it themselves.
      return null;
    }
    Post post =
        new Post(device.store(), device.register(), device.series(), scope.currency(), null);
    BatchGround ground =
        BatchGround.of(
            scope,
            feed,
            people,
            judge,
            key.device(),
            post,
            device.highestReceipt(),
            BatchGround.Mentions.of(change),
            BatchGround.Sales.LOOKED_FOR,
            received);
    Judgement judgement = judge.reconsider(change, post, ground, received);
    if (!judgement.counts()) {
      return null;
    }
    ground.carryOn(change, FirstLook.at(change), judgement, post, received);
    return new Accepted(key, change, post, ground, judgement);
  }

  /** Whether a decision of this batch has put a sale into the books, or its receipt. */
  boolean hasTaken(UUID sale) {
    return takenNow.contains(sale);
  }

  /** Whether a decision of this batch has put a sale with this receipt into the books. */
  boolean hasTaken(UUID device, long receipt) {
    return takenNow.contains(new Receipt(device, receipt));
  }

  /**
   * The question, as it stands after the decisions of this batch so far.
   *
   * @param sales those that this batch has put into the books itself
   */
  Optional<Ground.Question> find(VerdictResolved resolution, Set<UUID> sales) {
    Key key = Key.of(resolution);
    Loaded found = loaded.get(key);
    if (found == null) {
      return Optional.empty();
    }
    Accepted accepted = found.accepted();
    // Two accepted at once could be the same sale, or two sales under one receipt number.
    boolean taken =
        accepted != null
            && (sales.contains(accepted.change().entity())
                || claims(accepted).stream().anyMatch(takenNow::contains));
    Ground.Question question = found.question();
    return Optional.of(
        new Ground.Question(
            question.verdict(),
            question.decided() || decidedNow.contains(key),
            question.acceptable() && !taken,
            question.actor()));
  }

  /** A decision stands. */
  void decided(Change by, String byName, VerdictResolved body) {
    Key key = Key.of(body);
    Loaded found = loaded.get(key);
    Accepted accepted =
        found == null || body.decision() != Resolution.ACCEPT ? null : found.accepted();
    if (accepted != null) {
      takenNow.addAll(claims(accepted));
    }
    decidedNow.add(key);
    decided.add(new Decided(key, by, byName, body, accepted));
  }

  /** What stands, in the order of the batch. */
  List<Decided> decided() {
    return decided;
  }

  private record Receipt(UUID device, long number) {}

  private static List<Object> claims(Accepted accepted) {
    List<Object> claims = new ArrayList<>();
    claims.add(accepted.change().entity());
    if (accepted.change().body() instanceof CreditIssued credit) {
      claims.add(credit.opens());
    }
    if (accepted.change().body() instanceof SaleCompleted sale) {
      claims.add(new Receipt(accepted.key().device(), Judge.receiptOf(sale, accepted.post())));
    }
    return claims;
  }
}
