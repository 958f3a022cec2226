package dev.countersign.server.http;

import dev.countersign.common.protocol.OlderSale;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.feed.RecentlySold;
import dev.countersign.server.ingest.OlderSales;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a device does not keep itself. It sees its own store's; what is another's is answered as if
 * it were not there.
 */
public final class SaleRoutes {
  private static final String RECEIPT = "receipt";

  private final Tenants tenants;
  private final OlderSales sales;
  private final RecentlySold recent;

  public SaleRoutes(Tenants tenants, OlderSales sales, RecentlySold recent) {
    this.tenants = tenants;
    this.sales = sales;
    this.recent = recent;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.SALES, Access.DEVICE, this::sale),
        Route.get(Routes.SALES_RECENT, Access.DEVICE, this::recent));
  }

  private void recent(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    RecentlySold.Asking asking = new RecentlySold.Asking(device.store(), device.device());
    exchange.answerJson(
        recent
            .page(device.tenant(), asking, exchange.queryId("epoch"), exchange.queryNumber("after"))
            .orElseThrow(
                () ->
                    RefusedRequest.of(
                        409, Problem.EPOCH_CHANGED, "This position is not of this feed.")));
  }

  private void sale(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    Optional<OlderSale> found =
        exchange.hasQuery(RECEIPT)
            ? byReceipt(device, exchange.query(RECEIPT))
            : byId(device, exchange.queryId("id"));
    exchange.answerJson(
        found.orElseThrow(() -> RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.")));
  }

  private Optional<OlderSale> byReceipt(SignedIn device, String text) throws SQLException {
    Optional<ReceiptNumber> receipt = ReceiptNumber.parse(text);
    return receipt.isEmpty()
        ? Optional.empty()
        : tenants.<Optional<OlderSale>, SQLException>read(
            device.tenant(), scope -> sales.find(scope, device.store(), receipt.get()));
  }

  private Optional<OlderSale> byId(SignedIn device, UUID id) throws SQLException {
    return tenants.<Optional<OlderSale>, SQLException>read(
        device.tenant(), scope -> sales.find(scope, device.store(), id));
  }
}
