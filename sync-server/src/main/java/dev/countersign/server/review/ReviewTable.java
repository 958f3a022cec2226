package dev.countersign.server.review;

import dev.countersign.common.json.Json;
import dev.countersign.common.sql.Row;
import dev.countersign.server.account.By;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reviews as they are stored. */
final class ReviewTable {
  private static final String COLUMNS =
      "SELECT id, opened_at, opened_by, closed_at, closed_by FROM review ";

  void open(TenantScope scope, Review review) throws SQLException {
    scope
        .db()
        .update(
            "INSERT INTO review (id, opened_at, opened_by) VALUES (?, ?, ?)",
            review.id(),
            review.openedAt(),
            review.openedBy());
    for (Review.Row row : review.rows()) {
      scope
          .db()
          .update(
              "INSERT INTO review_row (review, subject, kind, rights, last_used, unused)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              review.id(),
              row.subject(),
              row.kind().name(),
              String.join("\n", row.rights()),
              row.lastUsed(),
              row.unused());
    }
  }

  /** Decides a row; false when it was decided already, or there is none. */
  boolean decide(TenantScope scope, UUID review, UUID subject, Review.Decision decision, By by)
      throws SQLException {
    return scope
            .db()
            .update(
                "UPDATE review_row SET decision = ?, decided_by = ?, decided_at = ?"
                    + " WHERE review = ? AND subject = ? AND decision IS NULL",
                decision.name(),
                by.who(),
                scope.clock().instant(),
                review,
                subject)
        == 1;
  }

  void close(TenantScope scope, Review closed, String evidence) throws SQLException {
    scope
        .db()
        .update(
            "UPDATE review SET closed_at = ?, closed_by = ?, evidence = ? WHERE id = ?",
            closed.closedAt(),
            closed.closedBy(),
            evidence,
            closed.id());
  }

  Optional<Review> find(TenantScope scope, UUID id) throws SQLException {
    return one(scope, COLUMNS + "WHERE id = ?", id);
  }

  Optional<Review> standing(TenantScope scope) throws SQLException {
    return one(scope, COLUMNS + "WHERE closed_at IS NULL");
  }

  /** Every review with its rows, the newest first. */
  List<Review> list(TenantScope scope) throws SQLException {
    List<Review> all = new ArrayList<>();
    for (Review head : scope.db().list(COLUMNS + "ORDER BY opened_at DESC, id", row -> head(row))) {
      all.add(whole(scope, head));
    }
    return all;
  }

  /** What was written down when a review was closed. */
  Optional<String> evidence(TenantScope scope, UUID id) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT evidence FROM review WHERE id = ? AND evidence IS NOT NULL",
            row -> row.text(1),
            id);
  }

  Optional<Instant> lastClosed(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT max(closed_at) FROM review WHERE closed_at IS NOT NULL HAVING count(*) > 0",
            row -> row.instant(1));
  }

  Optional<Long> days(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT days FROM review_rhythm", row -> row.integer(1));
  }

  void setDays(TenantScope scope, long days) throws SQLException {
    scope.db().update("DELETE FROM review_rhythm");
    scope.db().update("INSERT INTO review_rhythm (one, days) VALUES (1, ?)", days);
  }

  static String evidence(Review review) {
    return new String(Json.encode(review), StandardCharsets.UTF_8);
  }

  private Optional<Review> one(TenantScope scope, String sql, @Nullable Object... parameters)
      throws SQLException {
    Optional<Review> head = scope.db().first(sql, row -> head(row), parameters);
    return head.isEmpty() ? Optional.empty() : Optional.of(whole(scope, head.get()));
  }

  private static Review head(Row row) throws SQLException {
    return new Review(
        row.uuid(1),
        row.instant(2),
        row.text(3),
        instantOrNull(row.integerOrNull(4)),
        row.textOrNull(5),
        List.of());
  }

  private static Review whole(TenantScope scope, Review head) throws SQLException {
    List<Review.Row> rows =
        scope
            .db()
            .list(
                """
                SELECT subject, kind, rights, last_used, unused, decision, decided_by, decided_at
                FROM review_row WHERE review = ? ORDER BY kind DESC, subject\
                """,
                ReviewTable::row,
                head.id());
    return new Review(
        head.id(), head.openedAt(), head.openedBy(), head.closedAt(), head.closedBy(), rows);
  }

  private static Review.Row row(Row row) throws SQLException {
    String decision = row.textOrNull(6);
    return new Review.Row(
        row.uuid(1),
        Review.Kind.valueOf(row.text(2)),
        List.of(row.text(3).split("\n")),
        instantOrNull(row.integerOrNull(4)),
        row.flag(5),
        decision == null ? null : Review.Decision.valueOf(decision),
        row.textOrNull(7),
        instantOrNull(row.integerOrNull(8)));
  }

  private static @Nullable Instant instantOrNull(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
