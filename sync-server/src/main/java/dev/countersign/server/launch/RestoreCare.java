package dev.countersign.server.launch;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.Journal;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.stock.Stock;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;

/**
 * What is to be done after a server's data were put back from a backup. Every tenant begins a new
 * epoch: its devices take all that the server says anew, and send again whatever they had sent
 * since the backup was made; they keep it for that. Without it a till that was acknowledged after
 * the backup would take the server for one that shows two histories. What the stores have is made
 * anew from the batches that were put back.
 */
public final class RestoreCare {
  private final Tenants tenants;
  private final FeedTable feed;
  private final Stock stock;
  private final Cosignatures cosignatures;
  private final Journal journal;
  private final UuidV7 ids;

  RestoreCare(
      Tenants tenants,
      FeedTable feed,
      Cosignatures cosignatures,
      Stock stock,
      Journal journal,
      UuidV7 ids) {
    this.stock = stock;
    this.tenants = tenants;
    this.feed = feed;
    this.cosignatures = cosignatures;
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Begins a new epoch for all tenants, each with an entry in its log. Doing it once more than
   * needed costs every device a snapshot and nothing else.
   *
   * @return how many tenants there are
   */
  public int restored() throws SQLException {
    int count = 0;
    for (Tenant tenant : tenants.list()) {
      tenants.<Boolean, SQLException>write(
          tenant.id(),
          scope -> {
            feed.beginEpoch(scope, ids.next());
            stock.rebuild(scope);
            cosignatures.forget(scope);
            journal.note(scope, "tenant.restored", tenant.id().toString());
            return true;
          });
      count++;
    }
    return count;
  }
}
