package dev.countersign.server.http;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.receipt.ReceiptProof;
import dev.countersign.server.receipt.ReceiptProofs;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The page behind a receipt's code: whether the sale is in the shop's log, for whoever holds the
 * paper. It names nobody, loads nothing and runs nothing. Whatever is not exactly so in the log has
 * one and the same answer.
 */
public final class ReceiptRoutes {
  /** Paper is looked at now and then; whoever asks more often is guessing. */
  private static final int PER_MINUTE = 60;

  private static final int AT_ONCE = 20;

  private final Tenants tenants;
  private final ReceiptProofs proofs;
  private final RateLimit limit;

  public ReceiptRoutes(Tenants tenants, ReceiptProofs proofs, LongSupplier nanoTime) {
    this.tenants = tenants;
    this.proofs = proofs;
    this.limit = new RateLimit(PER_MINUTE, AT_ONCE, nanoTime);
  }

  public List<Route> routes() {
    return List.of(Route.get(Routes.RECEIPT, Access.OPEN, this::show));
  }

  private void show(Exchange exchange) throws Exception {
    limit.require(exchange.address(), "Too many receipts were looked up from this address.");
    Optional<UUID> tenant = id(exchange.pathText("tenant"));
    Optional<UUID> device = id(exchange.pathText("device"));
    Optional<UUID> sale = id(exchange.pathText("sale"));
    String hash = exchange.pathText("hash");
    boolean formed =
        tenant.isPresent()
            && device.isPresent()
            && sale.isPresent()
            && hash.matches("[0-9a-f]{64}");
    Optional<ReceiptProof> found =
        formed
            ? find(tenant.get(), device.get(), sale.get(), Hash.fromHex(hash))
            : Optional.empty();
    if (found.isEmpty()) {
      exchange.answerPage(404, ReceiptPage.UNKNOWN, ReceiptPage.POLICY);
    } else {
      exchange.answerPage(
          200, ReceiptPage.of(found.get(), hash, total(found.get())), ReceiptPage.POLICY);
    }
  }

  private Optional<ReceiptProof> find(UUID tenant, UUID device, UUID sale, Hash hash)
      throws SQLException {
    try {
      return tenants.<Optional<ReceiptProof>, SQLException>read(
          tenant, scope -> proofs.find(scope, device, sale, hash));
    } catch (UnknownTenantException _) {
      return Optional.empty();
    }
  }

  private static String total(ReceiptProof proof) {
    try {
      return Money.of(proof.total(), Currency.getInstance(proof.currency())).toString();
    } catch (IllegalArgumentException _) {
      return proof.total() + " " + proof.currency();
    }
  }

  private static Optional<UUID> id(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
