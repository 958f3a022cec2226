package dev.countersign.server.ingest;

import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sales that count, however long ago, for whoever does not keep them. */
public final class OlderSales {
  private static final RefundedItem NOTHING = new RefundedItem(List.of(), List.of());

  /** Where a sale stands that counts. */
  public record Place(UUID sale, UUID device, long batch, long change) {}

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
    return Optional.of(older(change.get(), SoldLines.refunded(db, place.sale())));
  }

  private static OlderSale older(byte[] change, RefundedItem refunded) {
    return new OlderSale(Base64.getEncoder().encodeToString(change), refunded);
  }

  /**
   * The first of these sales, as many as fit, at least one; empty stands for one that is not kept
   * any more, or cannot be read. Those of a batch follow each other, so each batch is unpacked
   * once.
   *
   * @param mostBytes of their changes together
   * @param refunded what came back, by the sale
   */
  public List<Optional<OlderSale>> fitting(
      TenantScope scope, List<Place> places, int mostBytes, Map<UUID, RefundedItem> refunded)
      throws SQLException {
    StoredChanges stored = new StoredChanges(scope.db());
    List<Optional<OlderSale>> sales = new ArrayList<>();
    int bytes = 0;
    for (Place place : places) {
      Optional<byte[]> change = stored.readable(place.device(), place.batch(), place.change());
      bytes += change.map(each -> each.length).orElse(0);
      if (!sales.isEmpty() && bytes > mostBytes) {
        break;
      }
      sales.add(change.map(each -> older(each, refunded.getOrDefault(place.sale(), NOTHING))));
    }
    return sales;
  }
}
