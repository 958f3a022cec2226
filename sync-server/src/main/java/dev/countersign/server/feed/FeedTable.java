package dev.countersign.server.feed;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import dev.countersign.server.ingest.SaleFeed;
import dev.countersign.server.tenant.TenantScope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The feed of a tenant: one row per thing, its newest state. A change takes the row away and writes
 * it anew under the next number, so whoever reads on from a number meets every change once. The
 * numbers are dense because they are given under the writer's lock and become visible together with
 * the commit: a low number never appears after a higher one was read.
 */
public final class FeedTable {
  /** Which devices a row is for. */
  enum Audience {
    ALL,
    OFFICE
  }

  /** What a device is allowed to see. */
  public record Viewer(DeviceKind kind, UUID store) {}

  /** The epoch changes when the tenant is restored from a backup. */
  public UUID epoch(TenantScope scope) throws SQLException {
    return scope
        .db()
        .first("SELECT epoch FROM feed_epoch", row -> row.uuid(1))
        .orElseThrow(() -> new SQLException("a tenant without an epoch"));
  }

  /** From now on every device's position is of a former epoch, and it takes a snapshot. */
  public void beginEpoch(TenantScope scope, UUID epoch) throws SQLException {
    scope.db().update("UPDATE feed_epoch SET epoch = ?", epoch);
  }

  /** The number that a device must have reached to read on; 0 at first. */
  long floor(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT floor FROM feed_epoch", row -> row.integer(1)).orElse(0L);
  }

  /** The number of the newest row, 0 when there is none. */
  public long head(TenantScope scope) throws SQLException {
    return scope.db().first("SELECT max(seq) FROM feed", row -> row.integer(1)).orElse(0L);
  }

  /**
   * Writes the newest state of a thing; nothing happens when it is the state that stands there.
   *
   * @param store the one store whose devices see it, or null for all
   * @return whether anything changed
   */
  public boolean put(TenantScope scope, UUID entity, @Nullable UUID store, FeedBody body)
      throws SQLException {
    byte[] bytes = Json.encode(body);
    Optional<byte[]> standing = body(scope, body.kind(), entity);
    if (standing.isPresent() && Arrays.equals(standing.get(), bytes)) {
      return false;
    }
    Instant at = leaves(body) ? scope.clock().instant() : null;
    replace(scope, body.kind(), entity, store, audience(body), bytes, at);
    return true;
  }

  /**
   * Writes sales that were never in the feed before: facts have one state only, so nothing is
   * looked for and taken away.
   */
  void append(TenantScope scope, List<SaleFeed.Sold> sales) throws SQLException {
    long next = head(scope);
    Instant now = scope.clock().instant();
    List<@Nullable Object[]> rows = new ArrayList<>(sales.size());
    for (SaleFeed.Sold sold : sales) {
      rows.add(
          new @Nullable Object[] {
            ++next, sold.sale(), sold.item().store(), Json.encode(sold.item()), now
          });
    }
    scope.db().updateEach("INSERT INTO feed VALUES (?, 'sale', ?, ?, 'OFFICE', 0, ?, ?)", rows);
  }

  /** Leaves a mark that a thing is gone; nothing happens when it never was. */
  public void remove(TenantScope scope, String kind, UUID entity) throws SQLException {
    Optional<UUID[]> store =
        scope
            .db()
            .first(
                "SELECT store FROM feed WHERE kind = ? AND entity = ? AND deleted = 0",
                row -> new UUID[] {row.uuidOrNull(1)},
                kind,
                entity);
    if (store.isPresent()) {
      Audience audience =
          kind.equals("sale") || kind.equals("question") ? Audience.OFFICE : Audience.ALL;
      replace(scope, kind, entity, store.get()[0], audience, null, scope.clock().instant());
    }
  }

  /** The body of a thing that is not deleted, as its JSON bytes. */
  Optional<byte[]> body(TenantScope scope, String kind, UUID entity) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT body FROM feed WHERE kind = ? AND entity = ? AND deleted = 0",
            row -> row.bytes(1),
            kind,
            entity);
  }

  /** The state of a thing that is not deleted. */
  public <B extends FeedBody> Optional<B> find(
      TenantScope scope, String kind, UUID entity, Class<B> type) throws SQLException {
    return body(scope, kind, entity).map(bytes -> Json.decode(bytes, type));
  }

  /** True when there is or ever was such a product. */
  public boolean knowsProduct(TenantScope scope, UUID product) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT 1 FROM feed WHERE kind = 'product' AND entity = ?"
                + " UNION ALL SELECT 1 FROM feed_gone WHERE entity = ?",
            row -> row.integer(1),
            product,
            product)
        .isPresent();
  }

  /**
   * Rows for this viewer with {@code after < seq <= upTo}, oldest first, at most so many. What was
   * sold, came back or was decided before {@code since} is left out; that something is gone, and
   * what became of a device's own change, is not.
   */
  List<FeedItem> read(
      TenantScope scope, Viewer viewer, Instant since, long after, long upTo, int atMost)
      throws SQLException {
    return read(scope, viewer, since, after, upTo, true, atMost, FeedTable::item);
  }

  /** The same without what is gone, each as the line of a snapshot. */
  List<Line> lines(
      TenantScope scope, Viewer viewer, Instant since, long after, long upTo, int atMost)
      throws SQLException {
    return read(scope, viewer, since, after, upTo, false, atMost, FeedTable::line);
  }

  /**
   * A {@link FeedItem} in JSON, its body as it is stored: a snapshot has as many as there are
   * products.
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Line(long seq, byte[] json) {}

  private static <T> List<T> read(
      TenantScope scope,
      Viewer viewer,
      Instant since,
      long after,
      long upTo,
      boolean withMarks,
      int atMost,
      Db.Reader<T> reader)
      throws SQLException {
    return scope
        .db()
        .list(
            "SELECT seq, kind, entity, deleted, body, at FROM feed WHERE seq > ? AND seq <= ?"
                + " AND (store IS NULL OR store = ?) AND (audience = 'ALL' OR ? = 1)"
                + " AND (deleted = 0 OR ? = 1) AND (at IS NULL OR at >= ? OR deleted = 1"
                + " OR kind = 'resolution') ORDER BY seq LIMIT ?",
            reader,
            after,
            upTo,
            viewer.store(),
            viewer.kind() == DeviceKind.OFFICE,
            withMarks,
            since,
            atMost);
  }

  /** The number of the newest row for this viewer behind a number, 0 when there is none. */
  long newest(TenantScope scope, Viewer viewer, long after) throws SQLException {
    return scope
        .db()
        .first(
            "SELECT seq FROM feed WHERE seq > ? AND (store IS NULL OR store = ?)"
                + " AND (audience = 'ALL' OR ? = 1) ORDER BY seq DESC LIMIT 1",
            row -> row.integer(1),
            after,
            viewer.store(),
            viewer.kind() == DeviceKind.OFFICE)
        .orElse(0L);
  }

  private void replace(
      TenantScope scope,
      String kind,
      UUID entity,
      @Nullable UUID store,
      Audience audience,
      byte @Nullable [] body,
      @Nullable Instant at)
      throws SQLException {
    // The number is taken before the old row goes: were that the newest, its number would be given
    // out a second time.
    long next = head(scope) + 1;
    scope.db().update("DELETE FROM feed WHERE kind = ? AND entity = ?", kind, entity);
    scope
        .db()
        .update(
            "INSERT INTO feed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            next,
            kind,
            entity,
            store,
            audience.name(),
            body == null,
            body,
            at);
  }

  /** What is open stays until it is decided, however long that takes. */
  private static boolean leaves(FeedBody body) {
    return switch (body) {
      case FeedBody.SaleItem _, FeedBody.RefundedItem _, FeedBody.ResolutionItem _ -> true;
      case FeedBody.QuestionItem question -> question.decision() != null;
      case FeedBody.ProductItem _,
          FeedBody.TaxItem _,
          FeedBody.UserItem _,
          FeedBody.SettingsItem _,
          FeedBody.TillRuleItem _,
          FeedBody.StockItem _,
          FeedBody.StockMarkItem _ ->
          false;
    };
  }

  private static Audience audience(FeedBody body) {
    return switch (body) {
      case FeedBody.SaleItem _, FeedBody.QuestionItem _ -> Audience.OFFICE;
      case FeedBody.ProductItem _,
          FeedBody.TaxItem _,
          FeedBody.UserItem _,
          FeedBody.SettingsItem _,
          FeedBody.TillRuleItem _,
          FeedBody.RefundedItem _,
          FeedBody.ResolutionItem _,
          FeedBody.StockItem _,
          FeedBody.StockMarkItem _ ->
          Audience.ALL;
    };
  }

  private static Line line(Row row) throws SQLException {
    long seq = row.integer(1);
    byte[] body = row.bytes(5);
    ByteArrayOutputStream json = new ByteArrayOutputStream(body.length + 160);
    json.writeBytes(
        ascii(
            "{\"seq\":"
                + seq
                + ",\"kind\":\""
                + row.text(2)
                + "\",\"id\":\""
                + row.uuid(3)
                + "\",\"deleted\":false,\"body\":"));
    json.writeBytes(body);
    if (row.integerOrNull(6) != null) {
      json.writeBytes(ascii(",\"at\":\"" + row.instant(6) + "\""));
    }
    json.write('}');
    json.write('\n');
    return new Line(seq, json.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static FeedItem item(Row row) throws SQLException {
    byte[] body = row.bytesOrNull(5);
    JsonNode tree = body == null ? null : Json.strict().readTree(body);
    Instant at = row.integerOrNull(6) == null ? null : row.instant(6);
    return new FeedItem(row.integer(1), row.text(2), row.uuid(3), row.flag(4), tree, at);
  }
}
