package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a product of a snapshot token by token: of nothing else are there a hundred thousand, and
 * the mapper takes twice as long for them.
 */
final class ProductJson {
  private ProductJson() {}

  /**
   * What the mapper would read; a product without number or name is refused here already.
   *
   * @param in at the beginning of the object; afterwards at its end
   * @throws JacksonException when it is no product
   * @throws IllegalArgumentException when an id or a quantity is none
   */
  static ProductItem read(JsonParser in) {
    require(in, JsonToken.START_OBJECT);
    String sku = null;
    String name = null;
    String category = null;
    String size = null;
    long price = 0;
    List<UUID> taxes = null;
    List<Barcode> barcodes = null;
    Handling handling = null;
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      boolean there = in.nextToken() != JsonToken.VALUE_NULL;
      switch (field) {
        case "sku" -> sku = Json.text(in);
        case "name" -> name = Json.text(in);
        case "category" -> category = there ? Json.text(in) : null;
        case "size" -> size = there ? Json.text(in) : null;
        case "price" -> {
          require(in, JsonToken.VALUE_NUMBER_INT);
          price = in.getLongValue();
        }
        case "taxes" -> taxes = there ? each(in, p -> UUID.fromString(Json.text(p))) : null;
        case "barcodes" -> barcodes = there ? each(in, ProductJson::barcode) : null;
        case "handling" -> handling = there ? in.readValueAs(Handling.class) : null;
        default -> in.skipChildren();
      }
    }
    require(in, JsonToken.END_OBJECT);
    if (sku == null || name == null) {
      throw new Json.NullDocumentException();
    }
    return new ProductItem(
        sku,
        name,
        category == null ? "" : category,
        size == null ? "" : size,
        price,
        taxes == null ? List.of() : taxes,
        barcodes == null ? List.of() : barcodes,
        handling);
  }

  private static Barcode barcode(JsonParser in) {
    require(in, JsonToken.START_OBJECT);
    String code = null;
    Quantity pack = null;
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      in.nextToken();
      switch (field) {
        case "code" -> code = Json.text(in);
        case "pack" -> pack = Quantity.parse(Json.text(in));
        default -> in.skipChildren();
      }
    }
    require(in, JsonToken.END_OBJECT);
    if (code == null || pack == null) {
      throw new Json.NullDocumentException();
    }
    return new Barcode(code, pack);
  }

  private static <T> List<T> each(JsonParser in, Function<JsonParser, T> read) {
    require(in, JsonToken.START_ARRAY);
    List<T> values = new ArrayList<>(1);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(read.apply(in));
    }
    return values;
  }

  private static void require(JsonParser in, JsonToken token) {
    if (in.currentToken() != token) {
      throw new Json.NullDocumentException();
    }
  }
}
