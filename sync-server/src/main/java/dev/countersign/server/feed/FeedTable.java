package dev.countersign.server.feed;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a tenant: one row per thing, its newest state. A change takes the row away and writes
 * it anew under the next number, so whoever reads on from a number meets every change once. Sales
 * have one state only and stand in the books under numbers of the same sequence. The numbers are
 * dense because they are given under the writer's lock and become visible together with the commit:
 * a low number never appears after a higher one was read.
 */
public final class FeedTable {
  private final SoldItems sold = new SoldItems();
  private final MindedProducts minded = new MindedProducts();

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

  /** The number of the newest thing, 0 when there is none. */
  public long head(TenantScope scope) throws SQLException {
    return headSoon(scope).get();
  }

  /** The same, soon. */
  Db.Answer<Long> headSoon(TenantScope scope) throws SQLException {
    Db.Answer<Optional<Long>> found =
        scope
            .db()
            .firstSoon(
                "SELECT coalesce((SELECT max(seq) FROM feed), 0),"
                    + " coalesce((SELECT max(seq) FROM sale), 0)",
                row -> Math.max(row.integer(1), row.integer(2)));
    return () -> found.get().orElse(0L);
  }

  /**
   * Writes the newest state of a thing; nothing happens when it is the state that stands there.
   *
   * @param store the one store whose devices see it, or null for all
   * @return whether anything changed
   * @throws IllegalArgumentException for a sale, which stands in the books
   */
  public boolean put(TenantScope scope, UUID entity, @Nullable UUID store, FeedBody body)
      throws SQLException {
    return put(scope, entity, store, body, row(scope, body.kind(), entity));
  }

  /**
   * {@link #put} of a product of which not everything may be said: what is not stays as it was.
   *
   * @param minded whether it is said what is to be minded of it
   * @param priced whether it is said that its price is open, or that it is not
   * @param taxed whether it is said how it is taxed
   */
  public boolean putProduct(
      TenantScope scope,
      UUID entity,
      FeedBody.ProductItem product,
      boolean minded,
      boolean priced,
      boolean taxed)
      throws SQLException {
    Optional<Told> told = row(scope, product.kind(), entity);
    byte @Nullable [] before = told.isPresent() ? told.get().body() : null;
    Handling was = MindedProducts.of(before);
    Handling said = minded ? product.handled() : was;
    Handling handling = priced ? said : said.withOpenPrice(was.asksPrice());
    List<UUID> taxes = taxed ? product.taxes() : MindedProducts.taxesOf(before);
    return put(scope, entity, null, product.with(handling).with(taxes), told);
  }

  /** The taxes by their ids, in the order in which they were last changed. */
  public Map<UUID, FeedBody.TaxItem> taxes(TenantScope scope) throws SQLException {
    Map<UUID, FeedBody.TaxItem> taxes = new LinkedHashMap<>();
    scope
        .db()
        .<SQLException>each(
            "SELECT entity, body FROM feed WHERE kind = 'tax' AND deleted = 0 ORDER BY seq",
            row -> taxes.put(row.uuid(1), Json.decode(row.bytes(2), FeedBody.TaxItem.class)));
    return taxes;
  }

  /** The clocks on the walls of all stores. */
  public Set<ZoneId> zones(TenantScope scope) throws SQLException {
    Set<ZoneId> zones = new HashSet<>();
    scope
        .db()
        .<SQLException>each(
            "SELECT body FROM feed WHERE kind = 'settings' AND deleted = 0",
            row ->
                Feed.zoneNamed(Json.decode(row.bytes(1), FeedBody.SettingsItem.class).timeZone())
                    .ifPresent(zones::add));
    return zones;
  }

  /** One of them, soon. */
  Db.Answer<Optional<FeedBody.TaxItem>> taxSoon(TenantScope scope, UUID tax) throws SQLException {
    return scope
        .db()
        .firstSoon(
            "SELECT body FROM feed WHERE kind = 'tax' AND entity = ? AND deleted = 0",
            row -> Json.decode(row.bytes(1), FeedBody.TaxItem.class),
            tax);
  }

  /** A row; without a body it is the mark that a thing is gone. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Told(byte @Nullable [] body) {}

  private static Optional<Told> row(TenantScope scope, String kind, UUID entity)
      throws SQLException {
    return scope
        .db()
        .first(
            "SELECT body FROM feed WHERE kind = ? AND entity = ?",
            row -> new Told(row.bytesOrNull(1)),
            kind,
            entity);
  }

  private boolean put(
      TenantScope scope, UUID entity, @Nullable UUID store, FeedBody body, Optional<Told> told)
      throws SQLException {
    byte[] bytes = Json.encode(body);
    if (told.isPresent() && Arrays.equals(told.get().body(), bytes)) {
      return false;
    }
    Instant at = leaves(body) ? scope.clock().instant() : null;
    replace(scope, told.isPresent(), body.kind(), entity, store, audience(body), bytes, at);
    return true;
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
      Audience audience = kind.equals("question") ? Audience.OFFICE : Audience.ALL;
      replace(scope, true, kind, entity, store.get()[0], audience, null, scope.clock().instant());
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

  /** Is told of each product. */
  public interface EachProduct<E extends Exception> {
    void of(UUID id, FeedBody.ProductItem product) throws E;
  }

  /** Every product that is sold, the one that was changed longest ago first. */
  public <E extends Exception> void products(TenantScope scope, EachProduct<E> each)
      throws SQLException, E {
    scope
        .db()
        .<E>each(
            "SELECT entity, body FROM feed WHERE kind = 'product' AND deleted = 0 ORDER BY seq",
            row -> each.of(row.uuid(1), Json.decode(row.bytes(2), FeedBody.ProductItem.class)));
  }

  /** True when there is or ever was such a product. */
  public boolean knowsProduct(TenantScope scope, UUID product) throws SQLException {
    return minded.soon(scope, product).get().isPresent();
  }

  /**
   * Rows for this viewer with {@code after < seq <= upTo}, oldest first, at most so many. What was
   * sold, came back or was decided before {@code since} is left out; that something is gone, and
   * what became of a device's own change, is not.
   */
  List<Standing> read(
      TenantScope scope, Viewer viewer, Instant since, long after, long upTo, int atMost)
      throws SQLException {
    return read(scope, viewer, since, after, upTo, true, atMost);
  }

  /**
   * The same without what is gone; but that a basket was taken up is named, because the till that
   * put it aside has it whatever the feed says.
   */
  List<Standing> standing(
      TenantScope scope, Viewer viewer, Instant since, long after, long upTo, int atMost)
      throws SQLException {
    return read(scope, viewer, since, after, upTo, false, atMost);
  }

  private List<Standing> read(
      TenantScope scope,
      Viewer viewer,
      Instant since,
      long after,
      long upTo,
      boolean withMarks,
      int atMost)
      throws SQLException {
    boolean office = viewer.kind() == DeviceKind.OFFICE;
    List<Standing> told =
        scope
            .db()
            .list(
                "SELECT seq, kind, entity, body, at FROM feed WHERE seq > ? AND seq <= ? AND (store"
                    + " IS NULL OR store = ?) AND (audience = 'ALL' OR ? = 1) AND (kind <> 'parked'"
                    + " OR ? = 0) AND (deleted = 0 OR ? = 1 OR kind = 'parked') AND (at IS NULL OR"
                    + " at >= ? OR deleted = 1 OR kind = 'resolution') ORDER BY seq LIMIT ?",
                Standing::of,
                after,
                upTo,
                viewer.store(),
                office,
                office,
                withMarks,
                since,
                atMost);
    return office
        ? Standing.inOrder(
            told, sold.read(scope, viewer.store(), since, after, upTo, atMost), atMost)
        : told;
  }

  /** The number of the newest thing for this viewer behind a number, 0 when there is none. */
  long newest(TenantScope scope, Viewer viewer, long after) throws SQLException {
    boolean office = viewer.kind() == DeviceKind.OFFICE;
    long told =
        scope
            .db()
            .first(
                "SELECT seq FROM feed WHERE seq > ? AND (store IS NULL OR store = ?)"
                    + " AND (audience = 'ALL' OR ? = 1) AND (kind <> 'parked' OR ? = 0)"
                    + " ORDER BY seq DESC LIMIT 1",
                row -> row.integer(1),
                after,
                viewer.store(),
                office,
                office)
            .orElse(0L);
    return office ? Math.max(told, sold.newest(scope, viewer.store(), after)) : told;
  }

  private void replace(
      TenantScope scope,
      boolean standing,
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
    if (standing) {
      scope.db().update("DELETE FROM feed WHERE kind = ? AND entity = ?", kind, entity);
    }
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
      case FeedBody.RefundedItem _, FeedBody.ResolutionItem _ -> true;
      case FeedBody.QuestionItem question -> question.decision() != null;
      case FeedBody.ProductItem _,
          FeedBody.PromotionItem _,
          FeedBody.PriceListItem _,
          FeedBody.CustomerItem _,
          FeedBody.CustomerTermsItem _,
          FeedBody.CustomerAccountItem _,
          FeedBody.TaxItem _,
          FeedBody.UserItem _,
          FeedBody.SettingsItem _,
          FeedBody.ReceiptLogoItem _,
          FeedBody.TillRuleItem _,
          FeedBody.StockItem _,
          FeedBody.StockMarkItem _,
          FeedBody.ParkedItem _,
          FeedBody.SaleItem _ ->
          false;
    };
  }

  private static Audience audience(FeedBody body) {
    return switch (body) {
      case FeedBody.SaleItem _ -> throw new IllegalArgumentException("a sale stands in the books");
      case FeedBody.QuestionItem _ -> Audience.OFFICE;
      case FeedBody.ProductItem _,
          FeedBody.PromotionItem _,
          FeedBody.PriceListItem _,
          FeedBody.CustomerItem _,
          FeedBody.CustomerTermsItem _,
          FeedBody.CustomerAccountItem _,
          FeedBody.TaxItem _,
          FeedBody.UserItem _,
          FeedBody.SettingsItem _,
          FeedBody.ReceiptLogoItem _,
          FeedBody.TillRuleItem _,
          FeedBody.RefundedItem _,
          FeedBody.ResolutionItem _,
          FeedBody.StockItem _,
          FeedBody.StockMarkItem _,
          FeedBody.ParkedItem _ ->
          Audience.ALL;
    };
  }
}
