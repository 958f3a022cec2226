package dev.countersign.client.ledger;

import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PackBarcode;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The packed columns of a product: few bytes, and no second statement to read a product whole. */
final class ProductColumns {
  private static final int UUID_BYTES = 16;

  private ProductColumns() {}

  static byte[] taxes(List<UUID> taxes) {
    ByteBuffer bytes = ByteBuffer.allocate(taxes.size() * UUID_BYTES);
    taxes.forEach(
        id -> bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
    return bytes.array();
  }

  static List<UUID> taxes(byte[] column) {
    ByteBuffer bytes = ByteBuffer.wrap(column);
    List<UUID> taxes = new ArrayList<>(column.length / UUID_BYTES);
    while (bytes.hasRemaining()) {
      taxes.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return taxes;
  }

  /** Null where nothing is to be minded, as of most. */
  static byte @Nullable [] handling(@Nullable Handling handling) {
    return handling == null || handling.equals(Handling.NONE) ? null : Json.encode(handling);
  }

  /** What stands in the column. */
  static Handling minded(byte @Nullable [] column) {
    return column == null ? Handling.NONE : Json.decode(column, Handling.class);
  }

  /** Those that are GTINs; a shop's own codes stand in the barcode table only. */
  static String barcodes(List<FeedBody.Barcode> barcodes) {
    StringBuilder column = new StringBuilder();
    for (FeedBody.Barcode barcode : barcodes) {
      boolean gtin =
          Gtin.parse(barcode.code()).map(g -> g.digits14().equals(barcode.code())).orElse(false);
      if (gtin && barcode.pack().isPositive()) {
        column
            .append(column.isEmpty() ? "" : " ")
            .append(barcode.code())
            .append('=')
            .append(barcode.pack().millionths());
      }
    }
    return column.toString();
  }

  static List<PackBarcode> barcodes(String column) {
    List<PackBarcode> barcodes = new ArrayList<>(1);
    int from = 0;
    while (from < column.length()) {
      int end = column.indexOf(' ', from);
      int stop = end < 0 ? column.length() : end;
      int middle = column.indexOf('=', from);
      long pack = Long.parseLong(column, middle + 1, stop, 10);
      barcodes.add(new PackBarcode(column.substring(from, middle), new Quantity(pack)));
      from = stop + 1;
    }
    return barcodes;
  }
}
