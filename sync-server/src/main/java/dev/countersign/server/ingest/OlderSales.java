package dev.countersign.server.ingest;

import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Sales that count, however long ago, for whoever does not keep them. */
public final class OlderSales {
  private record Place(UUID sale, UUID device, long batch, long change) {}

  /** A sale of this store by its id. */
  public Optional<OlderSale> find(TenantScope scope, UUID store, UUID sale) throws SQLException {
    Optional<Place> place =
        scope
            .db()
            .first(
                "SELECT id, device, batch, change_number FROM sale WHERE id = ? AND store = ?",
                row -> new Place(row.uuid(1), row.uuid(2), row.integer(3), row.integer(4)),
                sale,
                store);
    return place.isEmpty() ? Optional.empty() : read(scope.db(), place.get());
  }

  /** A sale of this store by the number on its receipt. */
  public Optional<OlderSale> find(TenantScope scope, UUID store, ReceiptNumber receipt)
      throws SQLException {
    Optional<UUID> device =
        scope
            .db()
            .first(
                "SELECT id FROM device WHERE series = ? AND kind = 'TILL'",
                row -> row.uuid(1),
                receipt.series());
    if (device.isEmpty()) {
      return Optional.empty();
    }
    Optional<UUID> sale = saleUnder(scope.db(), device.get(), receipt.number());
    return sale.isEmpty() ? Optional.empty() : find(scope, store, sale.get());
  }

  /** The sale that counts under a receipt number of a device. */
  static Optional<UUID> saleUnder(Db db, UUID device, long receipt) throws SQLException {
    return db.first(
        """
        SELECT id FROM sale WHERE seq = (
          SELECT CASE WHEN last >= ? THEN seq + ? - first END FROM receipt_run
          WHERE device = ? AND first <= ? ORDER BY first DESC LIMIT 1)\
        """,
        row -> row.uuid(1),
        receipt,
        receipt,
        device,
        receipt);
  }

  private static Optional<OlderSale> read(Db db, Place place) throws SQLException {
    Optional<byte[]> change =
        new StoredChanges(db).recorded(place.device(), place.batch(), place.change());
    if (change.isEmpty()) {
      return Optional.empty();
    }
    RefundedItem refunded = SoldLines.refunded(db, place.sale());
    return Optional.of(new OlderSale(Base64.getEncoder().encodeToString(change.get()), refunded));
  }
}
