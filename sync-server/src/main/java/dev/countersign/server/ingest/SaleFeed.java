package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What ingest needs of the feed. All are called inside the batch's transaction. */
public interface SaleFeed {
  /**
   * The newest number of the feed, 0 when nothing is in it. Sales that count are numbered behind it
   * and stand in the books only, where the feed reads them.
   */
  Db.Answer<Long> head(TenantScope scope) throws SQLException;

  /**
   * Makes the newest state of something known.
   *
   * @param store the one store whose devices hear of it, or null for all
   */
  void tell(TenantScope scope, UUID entity, @Nullable UUID store, FeedBody body)
      throws SQLException;

  /** Tells every device that something is gone; nothing happens when it never was. */
  void forget(TenantScope scope, String kind, UUID entity) throws SQLException;

  /** The clock on a store's wall; UTC where nothing is set. */
  ZoneId zone(TenantScope scope, UUID store) throws SQLException;

  /** The product as it is sold now; empty when it was deleted or never was. */
  Optional<FeedBody.ProductItem> product(TenantScope scope, UUID product) throws SQLException;

  /** A tax with all its rates, soon; empty when there is none of this id. */
  Db.Answer<Optional<FeedBody.TaxItem>> tax(TenantScope scope, UUID rule) throws SQLException;

  /** What the offices know of a question. */
  Optional<FeedBody.QuestionItem> question(TenantScope scope, UUID item) throws SQLException;

  /**
   * Those of the products that the catalogue has or ever had (one deleted since was sold rightly),
   * with what is to be minded when they are sold.
   */
  Db.Answer<Map<UUID, Handling>> known(TenantScope scope, Set<UUID> products) throws SQLException;

  /** What a store minds of its goods. */
  GoodsSettings goods(TenantScope scope, UUID store) throws SQLException;

  /** How a store is paid. */
  Ground.Paying paying(TenantScope scope, UUID store) throws SQLException;

  /** How a store counts its drawers. */
  ShiftSettings shifts(TenantScope scope, UUID store) throws SQLException;
}
