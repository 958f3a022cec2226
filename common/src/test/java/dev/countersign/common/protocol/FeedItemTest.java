package dev.countersign.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.ReceiptLogoItem;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedItemTest {
  @Test
  void everyBodyTravelsUnderTheNameOfItsKind() {
    UUID id = UUID.randomUUID();
    List<FeedBody> bodies =
        List.of(
            new ProductItem(
                "1", "Rum", "", "", 1, List.of(id), List.of(new Barcode("1", Quantity.ONE))),
            new TaxItem("VAT", "PERCENT", new BigDecimal("20"), true, false, true),
            new UserItem(id, id, "Anne", "cashier", Map.of("sale.ring", "ALLOWED"), null, 2),
            new SettingsItem(
                "T", "S", List.of(), List.of(), "USD", 0, "HALF_UP", "CASH", 180, "UTC"),
            new ReceiptLogoItem(new ReceiptLogo(List.of("ap"), List.of("pa"))),
            new SaleItem(
                id, id, "R", "A", "R1-1", Instant.EPOCH, LocalDate.EPOCH, 1, 1, "ACCEPTED"));
    for (FeedBody body : bodies) {
      FeedItem item = FeedItem.of(1, id, body);
      assertThat(FeedBody.classOf(item.kind())).as(item.kind()).isEqualTo(body.getClass());
      assertThat(item.typed()).isEqualTo(body);
    }
  }
}
