package dev.countersign.server.recheck;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.LeafRun;
import dev.countersign.server.audit.ReadLeaf;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tenant's whole log again: every stored entry against the tree, every stored payload
 * against the entry that rests on it, the tree against the signed checkpoint and against the head
 * that the last sound pass ended at. A pass goes in steps of bounded size; where it stands is
 * stored, so that it goes on after a restart, and on whichever server. What is off is kept as
 * evidence and noted in the log. Safe for any thread.
 */
public final class Recheck {
  /** What a step reads at most, with the run that goes beyond. */
  private static final long STEP_BYTES = 4 * 1024 * 1024;

  /** What a step finds at most, with the run that goes beyond: one row could break every entry. */
  private static final int STEP_FLAWS = 50;

  /** When the next pass may begin, where the business is quiet. */
  static final Duration WHEN_QUIET = Duration.ofHours(20);

  /** When the next pass begins in any case. */
  static final Duration IN_ANY_CASE = Duration.ofHours(26);

  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final By ITSELF = new By(AuditEntry.SYSTEM, "");

  private final Tenants tenants;
  private final AuditLog log;
  private final Journal journal;
  private final RecheckTable table = new RecheckTable();

  public Recheck(Tenants tenants, AuditLog log, Journal journal) {
    this.tenants = tenants;
    this.log = log;
    this.journal = journal;
  }

  /** What stands between two steps. */
  private record Looked(Optional<Pass> before, Pass now, List<Flaw> flaws) {}

  /** True when a pass is under way, or it is time for the next. */
  public boolean isDue(UUID tenant, Instant now) throws SQLException {
    Instant created = tenants.find(tenant).orElseThrow().created();
    return tenants.<Boolean, SQLException>read(
        tenant,
        scope -> {
          Optional<Pass> pass = table.pass(scope);
          if (pass.isPresent() && pass.get().isUnderWay()) {
            return true;
          }
          Instant last = pass.map(Pass::began).orElse(created);
          if (now.isBefore(last.plus(WHEN_QUIET))) {
            return false;
          }
          return !now.isBefore(last.plus(IN_ANY_CASE)) || isQuiet(scope, now);
        });
  }

  private boolean isQuiet(TenantScope scope, Instant now) throws SQLException {
    long size = log.size(scope);
    if (size == 0) {
      return true;
    }
    Optional<Instant> last = log.leaf(scope, size - 1).flatMap(Recheck::at);
    return last.isEmpty() || !last.get().isAfter(now.minus(QUIET));
  }

  private static Optional<Instant> at(byte[] leaf) {
    try {
      return Optional.of(Instant.parse(ReadLeaf.parse(leaf, 0, leaf.length).at()));
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Where a tenant's recheck stands. */
  public Optional<Pass> standing(UUID tenant) throws SQLException {
    return tenants.<Optional<Pass>, SQLException>read(tenant, table::pass);
  }

  /** What was ever found, the newest first. */
  public List<RecheckTable.Incident> incidents(UUID tenant) throws SQLException {
    return tenants.<List<RecheckTable.Incident>, SQLException>read(tenant, table::incidents);
  }

  /**
   * Goes on with the pass under way, or begins one.
   *
   * @return where it stands now
   */
  public Pass step(UUID tenant, Instant now) throws SQLException {
    Looked looked = tenants.<Looked, SQLException>read(tenant, scope -> look(scope, now));
    List<Flaw> fresh =
        tenants.<List<Flaw>, SQLException>write(
            tenant,
            scope ->
                table.store(scope, looked.before(), looked.now())
                    ? table.keep(scope, looked.flaws(), now)
                    : List.of());
    if (!fresh.isEmpty()) {
      note(tenant, fresh);
    }
    return looked.now();
  }

  /** By itself: a log that is broken may not take the entry, and the evidence stands already. */
  private void note(UUID tenant, List<Flaw> flaws) throws SQLException {
    try {
      tenants.<Boolean, SQLException>write(
          tenant,
          scope -> {
            Flaw first = flaws.getFirst();
            journal.note(
                scope,
                ITSELF,
                "log.broken",
                "entry " + first.entry(),
                first.kind() + (flaws.size() == 1 ? "" : " and " + (flaws.size() - 1) + " more"));
            return true;
          });
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new SQLException("the log takes no entry any more", e);
    }
  }

  private Looked look(TenantScope scope, Instant now) throws SQLException {
    Optional<Pass> before = table.pass(scope);
    List<Flaw> flaws = new ArrayList<>();
    Pass pass =
        before.filter(Pass::isUnderWay).isPresent()
            ? before.get()
            : begin(scope, before.orElse(null), now, flaws);
    if (!flaws.isEmpty()) {
      // Without a head to trust there is nothing to compare entries with.
      return new Looked(before, pass.at(pass.frontier(), flaws.size()).ended(now), flaws);
    }
    TreeFrontier frontier = pass.frontier().copy();
    RunCheck check = new RunCheck(scope, frontier);
    boolean more = true;
    while (more
        && frontier.size() < pass.target()
        && check.bytes() < STEP_BYTES
        && check.flaws().size() < STEP_FLAWS) {
      more = next(scope, pass, frontier, check);
    }
    Pass at = pass.at(frontier, check.flaws().size());
    boolean through = !more || frontier.size() >= pass.target();
    // After another flaw it only says the same again, with another root every night.
    if (through && more && at.flaws() == 0 && !frontier.root().equals(pass.targetRoot())) {
      check
          .flaws()
          .add(
              new Flaw(
                  pass.target(),
                  Flaw.Kind.CHECKPOINT_BROKEN,
                  "the entries come to " + frontier.root() + ", signed is " + pass.targetRoot()));
      at = pass.at(frontier, check.flaws().size());
    }
    return new Looked(before, through ? at.ended(now) : at, List.copyOf(check.flaws()));
  }

  /** Reads the next run; false when there is none where one should be. */
  private static boolean next(TenantScope scope, Pass pass, TreeFrontier frontier, RunCheck check)
      throws SQLException {
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Run(long first, byte[] leaves) {}
    Optional<Run> run =
        scope
            .db()
            .first(
                "SELECT first, leaves FROM audit_run WHERE first >= ? ORDER BY first LIMIT 1",
                row -> new Run(row.integer(1), row.bytes(2)),
                frontier.size());
    if (run.isEmpty() || run.get().first() != frontier.size()) {
      check
          .flaws()
          .add(
              new Flaw(
                  frontier.size(), Flaw.Kind.ENTRIES_MISSING, "no entries stand at this place"));
      return false;
    }
    byte[] leaves;
    try {
      leaves = LeafRun.unpack(run.get().leaves());
    } catch (SQLException _) {
      check
          .flaws()
          .add(new Flaw(frontier.size(), Flaw.Kind.ENTRY_CHANGED, "the entries cannot be read"));
      return false;
    }
    check.run(leaves, pass.soundSize(), pass.soundRoot());
    if (frontier.size() == run.get().first()) {
      check
          .flaws()
          .add(new Flaw(frontier.size(), Flaw.Kind.ENTRIES_MISSING, "a run without an entry"));
      return false;
    }
    return true;
  }

  private Pass begin(TenantScope scope, @Nullable Pass last, Instant now, List<Flaw> flaws)
      throws SQLException {
    long soundSize = last == null ? 0 : last.soundSize();
    Hash soundRoot = last == null ? Hash.ZERO : last.soundRoot();
    Instant soundAt = last == null ? null : last.soundAt();
    long size = log.size(scope);
    Hash root = Hash.ZERO;
    try {
      Checkpoint head = log.checkpoint(scope).checkpoint();
      root = head.root();
      Hash edge =
          scope
              .db()
              .first(
                  "SELECT frontier FROM audit_head",
                  row -> TreeFrontier.decode(row.bytes(1)).root())
              .orElse(root);
      if (head.size() != size || !edge.equals(root)) {
        flaws.add(
            new Flaw(
                size, Flaw.Kind.CHECKPOINT_BROKEN, "signed for are " + head.size() + " entries"));
      }
    } catch (IllegalStateException | IllegalArgumentException _) {
      flaws.add(new Flaw(size, Flaw.Kind.CHECKPOINT_BROKEN, "not signed by the log's key"));
    }
    if (size < soundSize) {
      flaws.add(
          new Flaw(
              size, Flaw.Kind.HISTORY_REWRITTEN, "an earlier pass saw " + soundSize + " entries"));
    }
    return new Pass(now, size, root, new TreeFrontier(), 0, null, soundAt, soundSize, soundRoot);
  }
}
