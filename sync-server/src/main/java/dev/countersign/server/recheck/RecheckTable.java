package dev.countersign.server.recheck;

import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a log's recheck stands, and what was ever found. */
public final class RecheckTable {
  /** Evidence that something stored is not what the log committed to. */
  public record Incident(Instant at, Flaw flaw) {}

  /** The pass under way or the last one; empty before the first. */
  public Optional<Pass> pass(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT began, target, target_root, frontier, flaws, ended, sound_at, sound_size,"
                + " sound_root FROM recheck",
            row ->
                new Pass(
                    row.instant(1),
                    row.integer(2),
                    row.hash(3),
                    TreeFrontier.decode(row.bytes(4)),
                    row.integer(5),
                    instant(row.integerOrNull(6)),
                    instant(row.integerOrNull(7)),
                    row.integer(8),
                    row.hash(9)));
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** What was found, the newest first, a bounded number. */
  public List<Incident> incidents(TenantScope scope) throws SQLException {
    return scope
        .db()
        .list(
            "SELECT at, entry, kind, detail FROM log_incident ORDER BY id DESC LIMIT 200",
            row ->
                new Incident(
                    row.instant(1),
                    new Flaw(row.integer(2), Flaw.Kind.valueOf(row.text(3)), row.text(4))));
  }

  /** Stores where the recheck stands; false when somebody else went on from there meanwhile. */
  boolean store(TenantScope scope, Optional<Pass> before, Pass now) throws SQLException {
    if (before.isEmpty()) {
      return insert(scope, now) > 0;
    }
    return scope
            .db()
            .update(
                "UPDATE recheck SET began = ?, target = ?, target_root = ?, frontier = ?,"
                    + " flaws = ?, ended = ?, sound_at = ?, sound_size = ?, sound_root = ?"
                    + " WHERE one = 1 AND began = ? AND frontier = ?",
                now.began(),
                now.target(),
                now.targetRoot(),
                now.frontier().encode(),
                now.flaws(),
                now.ended(),
                now.soundAt(),
                now.soundSize(),
                now.soundRoot(),
                before.get().began(),
                before.get().frontier().encode())
        > 0;
  }

  private int insert(TenantScope scope, Pass now) throws SQLException {
    return pass(scope).isPresent()
        ? 0
        : scope
            .db()
            .update(
                "INSERT INTO recheck (one, began, target, target_root, frontier, flaws, ended,"
                    + " sound_at, sound_size, sound_root) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                now.began(),
                now.target(),
                now.targetRoot(),
                now.frontier().encode(),
                now.flaws(),
                now.ended(),
                now.soundAt(),
                now.soundSize(),
                now.soundRoot());
  }

  /** Keeps what was found; returns what was not known before. */
  List<Flaw> keep(TenantScope scope, List<Flaw> flaws, Instant now) throws SQLException {
    List<Flaw> fresh = new ArrayList<>();
    for (Flaw flaw : flaws) {
      boolean known =
          scope
              .db()
              .first(
                  "SELECT 1 FROM log_incident WHERE entry = ? AND kind = ? AND detail = ?",
                  row -> row.integer(1),
                  flaw.entry(),
                  flaw.kind().name(),
                  flaw.detail())
              .isPresent();
      if (!known) {
        scope
            .db()
            .update(
                "INSERT INTO log_incident (at, entry, kind, detail) VALUES (?, ?, ?, ?)",
                now,
                flaw.entry(),
                flaw.kind().name(),
                flaw.detail());
        fresh.add(flaw);
      }
    }
    return fresh;
  }
}
