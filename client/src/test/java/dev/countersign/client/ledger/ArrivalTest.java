package dev.countersign.client.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class ArrivalTest {
  private static final UUID ID = UUID.fromString("01a1ff1d-d577-7301-956c-9540a0a4fef5");
  private static final Instant AT = Instant.parse("2026-11-21T17:18:27.719Z");

  static Stream<FeedItem> items() {
    return Stream.of(
        FeedItem.of(
            7,
            ID,
            new ProductItem(
                "1001",
                "Crème \"de\" \u2028 Cassis",
                "Liqueur",
                "",
                1999,
                List.of(ID),
                List.of(new Barcode("04006381333931", Quantity.of(6))))),
        FeedItem.of(
            12,
            ID,
            new ProductItem(
                "1002",
                "\uD83C\uDF77",
                "",
                "",
                Long.MAX_VALUE,
                List.of(),
                List.of(),
                new Handling(18, "", false, false, List.of()))),
        FeedItem.of(8, ID, new StockItem(ID, Quantity.of(-3), new FeedBody.Counted(AT, ID))),
        new FeedItem(
            9,
            "resolution",
            ID,
            false,
            Json.strict().valueToTree(new ResolutionItem(ID, 4, "ACCEPT")),
            AT),
        new FeedItem(10, "product", ID, true, null),
        new FeedItem(11, "from-the-future", ID, false, Json.strict().createObjectNode(), AT));
  }

  @ParameterizedTest
  @MethodSource("items")
  void aLineSaysWhatItsItemSays(FeedItem item) {
    Arrival read = Arrival.read(Json.encode(item));
    Arrival same = Arrival.of(item);
    assertThat(read.id()).isEqualTo(item.id());
    assertThat(read.body()).isEqualTo(item.deleted() ? null : item.typed());
    assertThat(read.at()).isEqualTo(item.at());
    assertThat(read.taxes()).isEqualTo(same.taxes());
    assertThat(read.barcodes()).isEqualTo(same.barcodes());
  }

  @Test
  void theOrderOfFieldsAndThoseOfANewerServerChangeNothing() {
    Arrival read =
        read(
            "{\"hue\":[{\"a\":1}],\"body\":{\"sku\":\"1\",\"name\":\"Gin\",\"price\":5,\"hue\":{}},"
                + "\"at\":null,\"id\":\"%s\",\"kind\":\"product\"}");
    assertThat(read.body()).isEqualTo(new ProductItem("1", "Gin", "", "", 5, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"id\":\"%s\"}",
        "{\"kind\":\"product\"}",
        "{\"kind\":\"product\",\"id\":null}",
        "{\"kind\":\"product\",\"id\":\"no id\"}",
        "{\"kind\":7,\"id\":\"%s\"}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"deleted\":null}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"at\":\"noon\"}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":[]}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"price\":1.5}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"price\":1,\"price\":2}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"kind\":\"tax\"}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"price\":1}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":1,\"name\":\"a\"}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"\\ud83c\"}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\",\"price\":null}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\",\"price\":9e9}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\","
            + "\"price\":9223372036854775808}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\",\"taxes\":[null]}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\",\"taxes\":{}}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\",\"taxes\":[\"x\"]}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\","
            + "\"barcodes\":[{\"code\":\"5\"}]}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\","
            + "\"barcodes\":[{\"code\":\"5\",\"pack\":\"some\"}]}}",
        "{\"kind\":\"product\",\"id\":\"%s\",\"body\":{\"sku\":\"1\",\"name\":\"a\"",
        "{\"kind\":\"product\",\"id\":\"%s\"",
        "{\"kind\":\"product\",\"id\":\"%s\"} {}",
      })
  void whatIsNoItemIsRefused(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(JacksonException.class);
  }

  private static Arrival read(String line) {
    return Arrival.read(line.replace("%s", ID.toString()).getBytes(StandardCharsets.UTF_8));
  }
}
