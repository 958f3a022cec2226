package dev.countersign.client.device;

import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.crypto.Hash;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the QR code of a receipt carries: enough to find the sale in the audit log and to see that
 * the paper says what the till signed. The log's entry of a change holds the SHA-256 of the
 * change's recorded bytes, and so does the code; nothing in it is about a person.
 *
 * @param device the till that signed
 * @param sale the sale's id
 * @param receipt the number on the paper
 * @param total in minor units of {@code currency}
 * @param change SHA-256 of the recorded change's bytes
 */
public record ReceiptCheck(
    UUID tenant, UUID device, UUID sale, String receipt, long total, String currency, Hash change) {
  private static final String ID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";
  private static final String OTHER_ID = ID.replaceFirst("[(]", "(?:");
  private static final Pattern LINK =
      Pattern.compile("https?://.+/receipt/" + ID + "/" + OTHER_ID + "/" + ID + "/[0-9a-fA-F]{64}");
  private static final Pattern LINE =
      Pattern.compile("CSR1 " + ID + " " + OTHER_ID + " " + ID + " [^ ]+ -?[0-9]+ [A-Z]{3} .+");

  /** The check of a recorded sale. */
  public static ReceiptCheck of(
      UUID tenant, UUID device, UUID saleId, SaleCompleted sale, Hash recorded) {
    return new ReceiptCheck(
        tenant, device, saleId, sale.receipt(), sale.total(), sale.currency(), recorded);
  }

  /**
   * The page that shows whoever scans it whether the sale is in the log. Number and total are not
   * in it: the page shows those that the till signed, to be compared with the paper.
   *
   * @param server base address without a trailing slash
   */
  public String link(String server) {
    return String.join(
        "/",
        server,
        "receipt",
        tenant.toString(),
        device.toString(),
        sale.toString(),
        change.toHex());
  }

  /**
   * What a scanned code says.
   *
   * @param sale the sale's id
   */
  public record Link(UUID tenant, UUID sale) {}

  /** Reads a code of either form; empty for any other text. */
  public static Optional<Link> read(String text) {
    Matcher link = LINK.matcher(text);
    if (link.matches()) {
      return Optional.of(new Link(UUID.fromString(link.group(1)), UUID.fromString(link.group(2))));
    }
    Matcher line = LINE.matcher(text);
    return line.matches()
        ? Optional.of(new Link(UUID.fromString(line.group(1)), UUID.fromString(line.group(2))))
        : Optional.empty();
  }

  /** One line, fields in the order of this record, parted by spaces, after a version mark. */
  public String text() {
    return String.join(
        " ",
        "CSR1",
        tenant.toString(),
        device.toString(),
        sale.toString(),
        receipt,
        Long.toString(total),
        currency,
        change.toHex());
  }
}
