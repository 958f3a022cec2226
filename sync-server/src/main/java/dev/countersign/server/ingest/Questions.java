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
import java.util.LinkedHashMap;
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

  /** A quarantined change that somebody decides on. */
  private record Acceptable(Key key, Change change, Devices.Device device) {}

  /** A change that counts from now on, with the ground it was looked at on. */
  record Accepted(Acceptable of, Post post, BatchGround ground, Judgement judgement) {
    Key key() {
      return of.key();
    }

    Change change() {
      return of.change();
    }
  }

  /** Looks at questions on the ground of now. */
  @FunctionalInterface
  private interface Look {
    List<Accepted> look(List<Acceptable> questions) throws SQLException;
  }

  /** A person's decision that stands. */
  record Decided(
      Key key, Change by, String byName, VerdictResolved body, @Nullable Accepted accepted) {}

  private record Row(Verdict verdict, String code, @Nullable String decision) {}

  private final Map<Key, Ground.Question> loaded = new HashMap<>();
  private final Map<Key, Accepted> acceptable = new HashMap<>();
  private final Set<Key> decidedNow = new HashSet<>();
  private final Set<Object> takenNow = new HashSet<>();
  private final List<Decided> decided = new ArrayList<>();
  private Look again = _ -> List.of();

  /**
   * Looks up what the resolutions are about, as far as it is of the store. What the same device
   * sent is looked at in the order of the resolutions, each on the ground of those before it: the
   * sales of a shift whose opening is accepted with them are sales of a shift.
   */
  void load(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Judge judge,
      UUID store,
      List<VerdictResolved> resolutions,
      Instant received)
      throws SQLException {
    again = accepted -> reconsider(scope, feed, people, judge, accepted, received);
    StoredChanges stored = new StoredChanges(scope.db());
    Devices devices = new Devices();
    Map<UUID, List<Acceptable>> byDevice = new LinkedHashMap<>();
    Set<Key> accepting = new HashSet<>();
    for (VerdictResolved resolution : resolutions) {
      Key key = Key.of(resolution);
      Optional<Row> row = row(scope.db(), key);
      Optional<Devices.Device> device =
          row.isEmpty() ? Optional.empty() : devices.find(scope, key.device());
      if (row.isEmpty() || device.isEmpty() || !device.get().store().equals(store)) {
        continue;
      }
      Optional<Change> change = stored.find(key.device(), key.batch(), key.number());
      loaded.put(
          key,
          new Ground.Question(
              row.get().verdict(),
              row.get().decision() != null,
              false,
              change.map(Change::actor).orElse(null)));
      if (row.get().verdict() == Verdict.QUARANTINED
          && row.get().decision() == null
          && resolution.decision() == Resolution.ACCEPT
          && change.isPresent()
          // Whoever may decide does it themselves.
          && !(change.get().body() instanceof VerdictResolved)
          && accepting.add(key)) {
        byDevice
            .computeIfAbsent(key.device(), _ -> new ArrayList<>())
            .add(new Acceptable(key, change.get(), device.get()));
      }
    }
    for (List<Acceptable> ofOne : byDevice.values()) {
      for (Accepted accepted : again.look(ofOne)) {
        acceptable.put(accepted.key(), accepted);
      }
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

  /** Those of one device that count when a person says so, in their order. */
  private static List<Accepted> reconsider(
      TenantScope scope,
      SaleFeed feed,
      People people,
      Judge judge,
      List<Acceptable> questions,
      Instant received)
      throws SQLException {
    Devices.Device device = questions.getFirst().device();
    Post post =
        new Post(device.store(), device.register(), device.series(), scope.currency(), null);
    BatchGround ground =
        BatchGround.of(
            scope,
            feed,
            people,
            judge,
            questions.getFirst().key().device(),
            post,
            device.highestReceipt(),
            BatchGround.Mentions.ofAll(questions.stream().map(Acceptable::change).toList()),
            BatchGround.Sales.LOOKED_FOR,
            received);
    List<Accepted> accepted = new ArrayList<>();
    for (Acceptable each : questions) {
      Change change = each.change();
      Judgement judgement = judge.reconsider(change, post, ground, received);
      if (judgement.counts()) {
        ground.carryOn(change, FirstLook.at(change), judgement, post, received);
        accepted.add(new Accepted(each, post, ground, judgement));
      }
    }
    return accepted;
  }

  /**
   * Looks at what was accepted once more, when its turn has come to be written: on the ground of
   * what was written before it, of the same batch too. Empty when it does not count any longer, as
   * the second of two that took up the same parked sale.
   */
  Optional<Accepted> again(Accepted accepted) throws SQLException {
    return again.look(List.of(accepted.of())).stream().findFirst();
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
    Ground.Question question = loaded.get(key);
    if (question == null) {
      return Optional.empty();
    }
    Accepted accepted = acceptable.get(key);
    // Two accepted at once could be the same sale, or two sales under one receipt number.
    boolean taken =
        accepted != null
            && (sales.contains(accepted.change().entity())
                || claims(accepted).stream().anyMatch(takenNow::contains));
    return Optional.of(
        new Ground.Question(
            question.verdict(),
            question.decided() || decidedNow.contains(key),
            accepted != null && !taken,
            question.actor()));
  }

  /** A decision stands. */
  void decided(Change by, String byName, VerdictResolved body) {
    Key key = Key.of(body);
    Accepted accepted = body.decision() == Resolution.ACCEPT ? acceptable.get(key) : null;
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

  /** Of one shift there is an opening and a closing, and of each only one. */
  private record Fact(Class<?> kind, UUID entity) {}

  private static List<Object> claims(Accepted accepted) {
    List<Object> claims = new ArrayList<>();
    claims.add(new Fact(accepted.change().body().getClass(), accepted.change().entity()));
    if (accepted.change().body() instanceof CreditIssued credit) {
      claims.add(credit.opens());
    }
    if (accepted.change().body() instanceof SaleCompleted sale) {
      claims.add(accepted.change().entity());
      claims.add(new Receipt(accepted.key().device(), Judge.receiptOf(sale, accepted.post())));
    }
    return claims;
  }
}
