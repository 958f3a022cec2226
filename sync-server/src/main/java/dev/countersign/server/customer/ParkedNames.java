package dev.countersign.server.customer;

import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.ParkedName;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes what baskets are called that were put aside. A name stands in what the tills are told and
 * nowhere else: it goes with the basket, and no log or batch ever held it.
 */
public final class ParkedNames {
  private final FeedTable feed;

  public ParkedNames(FeedTable feed) {
    this.feed = feed;
  }

  /**
   * A device says what a basket of its own is called.
   *
   * @return false when no such basket of this device waits
   */
  public boolean hear(TenantScope scope, UUID device, ParkedName name) throws SQLException {
    Optional<ParkedItem> found =
        feed.find(scope, FeedBody.PARKED, name.parked(), ParkedItem.class)
            .filter(item -> item.device().equals(device));
    if (found.isEmpty()) {
      return false;
    }
    UUID store =
        scope
            .db()
            .first("SELECT store FROM parked WHERE id = ?", row -> row.uuid(1), name.parked())
            .orElseThrow(() -> new SQLException("a parked basket that is in no store"));
    feed.put(scope, name.parked(), store, found.get().named(name.name()));
    return true;
  }
}
