package dev.countersign.server.feed;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.Limits;
import dev.countersign.common.protocol.PaymentSettings;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sql.Db;
import dev.countersign.server.account.Rules;
import dev.countersign.server.ingest.Ground;
import dev.countersign.server.ingest.SaleFeed;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages and snapshots for devices, and the way sales come into the feed. */
public final class Feed implements SaleFeed {
  private static final int SNAPSHOT_RUN = 2_000;

  /** Lines are handed on together: each for itself would be a call of the packer's. */
  private static final int LINES_AT_ONCE = 32 * 1024;

  private final Tenants tenants;
  private final FeedTable table;
  private final MindedProducts minded = new MindedProducts();
  private final Rules rules;

  public Feed(Tenants tenants, FeedTable table, Rules rules) {
    this.tenants = tenants;
    this.table = table;
    this.rules = rules;
  }

  /** What a device gets when it asks for a page. */
  public sealed interface Answer permits Page, OtherEpoch, Compacted {}

  /** A page, perhaps empty. */
  public record Page(FeedPage page) implements Answer {}

  /** The device's position is of another epoch, or ahead of this feed: it needs a snapshot. */
  public record OtherEpoch() implements Answer {}

  /** Marks that the device would need from there on were taken away: it needs a snapshot. */
  public record Compacted() implements Answer {}

  /** At most {@link Limits#FEED_PAGE} items after a position. */
  public Answer page(UUID tenant, FeedTable.Viewer viewer, UUID epoch, long after)
      throws SQLException {
    return tenants.<Answer, SQLException>read(
        tenant,
        scope -> {
          long head = table.head(scope);
          if (!table.epoch(scope).equals(epoch) || after > head) {
            return new OtherEpoch();
          }
          if (after < table.floor(scope)) {
            return new Compacted();
          }
          Instant since = since(scope, viewer);
          List<Standing> found =
              table.read(scope, viewer, since, after, head, Limits.FEED_PAGE + 1);
          boolean more = found.size() > Limits.FEED_PAGE;
          List<FeedItem> page = found.stream().limit(Limits.FEED_PAGE).map(Standing::item).toList();
          long cursor = more ? page.getLast().seq() : head;
          return new Page(new FeedPage(epoch, cursor, more, page, since));
        });
  }

  /** From when on a device keeps what leaves with time; the same for an hour. */
  private Instant since(TenantScope scope, FeedTable.Viewer viewer) throws SQLException {
    Rules.Name keep =
        viewer.kind() == DeviceKind.OFFICE ? Rules.Name.KEEP_OFFICE : Rules.Name.KEEP_TILL;
    return scope.clock().instant().minus(rules.value(scope, keep)).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * Writes a snapshot: a line with epoch and cursor, then a line per item. It is read in runs, so
   * that a slow device does not hold the file open: what changes meanwhile moves behind the cursor
   * and comes with the next page.
   */
  public void snapshot(UUID tenant, FeedTable.Viewer viewer, OutputStream out)
      throws SQLException, IOException {
    FeedPage head =
        tenants.<FeedPage, SQLException>read(
            tenant,
            scope ->
                new FeedPage(
                    table.epoch(scope), table.head(scope), false, List.of(), since(scope, viewer)));
    Instant since = Objects.requireNonNull(head.since());
    out.write(Json.encode(head));
    out.write('\n');
    ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * LINES_AT_ONCE);
    long last = 0;
    while (last < head.cursor()) {
      long after = last;
      List<Standing> run =
          tenants.<List<Standing>, SQLException>read(
              tenant,
              scope -> table.standing(scope, viewer, since, after, head.cursor(), SNAPSHOT_RUN));
      for (Standing each : run) {
        each.addLine(lines);
        if (lines.size() >= LINES_AT_ONCE) {
          lines.writeTo(out);
          lines.reset();
        }
      }
      last = run.size() < SNAPSHOT_RUN ? head.cursor() : run.getLast().seq();
    }
    lines.writeTo(out);
  }

  @Override
  public Db.Answer<Long> head(TenantScope scope) throws SQLException {
    return table.headSoon(scope);
  }

  @Override
  public void tell(TenantScope scope, UUID entity, @Nullable UUID store, FeedBody body)
      throws SQLException {
    table.put(scope, entity, store, body);
  }

  @Override
  public void forget(TenantScope scope, String kind, UUID entity) throws SQLException {
    table.remove(scope, kind, entity);
  }

  @Override
  public ZoneId zone(TenantScope scope, UUID store) throws SQLException {
    return settings(scope, store)
        .flatMap(settings -> zoneNamed(settings.timeZone()))
        .orElse(ZoneOffset.UTC);
  }

  static Optional<ZoneId> zoneNamed(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<FeedBody.ProductItem> product(TenantScope scope, UUID product)
      throws SQLException {
    return table.find(scope, "product", product, FeedBody.ProductItem.class);
  }

  @Override
  public Db.Answer<Optional<FeedBody.TaxItem>> tax(TenantScope scope, UUID rule)
      throws SQLException {
    return table.taxSoon(scope, rule);
  }

  @Override
  public Optional<FeedBody.QuestionItem> question(TenantScope scope, UUID item)
      throws SQLException {
    return table.find(scope, "question", item, FeedBody.QuestionItem.class);
  }

  @Override
  public Db.Answer<Map<UUID, Handling>> known(TenantScope scope, Set<UUID> products)
      throws SQLException {
    return minded.soon(scope, products);
  }

  @Override
  public GoodsSettings goods(TenantScope scope, UUID store) throws SQLException {
    return settings(scope, store).map(FeedBody.SettingsItem::goods).orElse(GoodsSettings.USUAL);
  }

  private Optional<FeedBody.SettingsItem> settings(TenantScope scope, UUID store)
      throws SQLException {
    return table.find(scope, "settings", store, FeedBody.SettingsItem.class);
  }

  @Override
  public Ground.Paying paying(TenantScope scope, UUID store) throws SQLException {
    Optional<FeedBody.SettingsItem> said = settings(scope, store);
    return new Ground.Paying(
        said.map(FeedBody.SettingsItem::cashIncrement).orElse(0L),
        said.map(FeedBody.SettingsItem::payments).orElse(PaymentSettings.USUAL).rules());
  }

  @Override
  public ShiftSettings shifts(TenantScope scope, UUID store) throws SQLException {
    return settings(scope, store).map(FeedBody.SettingsItem::shifts).orElse(ShiftSettings.USUAL);
  }
}
