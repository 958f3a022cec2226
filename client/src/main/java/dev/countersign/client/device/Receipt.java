package dev.countersign.client.device;

import dev.countersign.client.ledger.CreditLeft;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stored sale with everything that stands around it on paper.
 *
 * @param header the shop's own lines above, from its settings
 * @param footer the shop's own lines below
 * @param at when the sale was paid
 * @param zone the shop's time zone; a receipt shows its wall clock, not the computer's
 * @param environment as the device certificate has it; everything but {@code production} is marked
 *     as no sale
 * @param check what the QR code carries, see {@link ReceiptCheck#link}; null prints none
 * @param copy true when this sale has been sent to a printer before
 * @param slips gift cards and credit that came of it and are not handed over yet: their codes stand
 *     below, to be cut off
 * @param debt of the customer's account; null where nothing of it was put on account
 * @param left what is left on gift cards and credit that it was paid from or into, where that was
 *     known
 * @param language of the customer, two letters (ISO 639-1); empty for the language of all paper
 * @param late true when it comes after its sale, which somebody may have walked away from
 */
public record Receipt(
    List<String> header,
    String store,
    String register,
    String cashier,
    Instant at,
    ZoneId zone,
    SaleCompleted sale,
    List<String> footer,
    String environment,
    @Nullable String check,
    boolean copy,
    List<CreditSlip> slips,
    @Nullable Debt debt,
    List<CreditLeft> left,
    String language,
    boolean late) {
  private static final String PRODUCTION = "production";

  /**
   * What a customer owes.
   *
   * @param name whose account it is, which says who signs; empty when it is not known here
   * @param owed minor units, with this sale, as far as the till knows
   */
  public record Debt(String name, long owed) {}

  public Receipt {
    header = List.copyOf(header);
    footer = List.copyOf(footer);
    slips = List.copyOf(slips);
    left = List.copyOf(left);
  }

  /** Of a sale of which no card or slip is to be handed over. */
  public Receipt(
      List<String> header,
      String store,
      String register,
      String cashier,
      Instant at,
      ZoneId zone,
      SaleCompleted sale,
      List<String> footer,
      String environment,
      @Nullable String check,
      boolean copy) {
    this(
        header,
        store,
        register,
        cashier,
        at,
        zone,
        sale,
        footer,
        environment,
        check,
        copy,
        List.of(),
        null,
        List.of(),
        "",
        false);
  }

  /** The same after its sale: its moment is over, and it opens no drawer. */
  public Receipt afterwards() {
    return new Receipt(
        header,
        store,
        register,
        cashier,
        at,
        zone,
        sale,
        footer,
        environment,
        check,
        copy,
        slips,
        debt,
        left,
        language,
        true);
  }

  /** The words of this paper. */
  public ReceiptWords in(ReceiptWords usual) {
    return language.isEmpty() || language.equals(usual.locale().getLanguage())
        ? usual
        : ReceiptWords.of(Locale.forLanguageTag(language));
  }

  /** True when money really changed hands. */
  public boolean real() {
    return PRODUCTION.equals(environment);
  }

  /**
   * True when cash went in or out. A copy never opens the drawer, nor does a receipt that comes
   * after its sale, nor practice: a drawer must not be opened without a sale.
   */
  public boolean opensDrawer() {
    return real()
        && !copy
        && !late
        && (sale.change() != 0
            || sale.tenders().stream().anyMatch(t -> t.means() == Means.CASH && t.amount() != 0));
  }
}
