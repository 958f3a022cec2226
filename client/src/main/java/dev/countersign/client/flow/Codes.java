package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.Expired;
import dev.countersign.client.flow.ScanOutcome.NothingIn;
import dev.countersign.client.flow.ScanOutcome.Said;
import dev.countersign.client.flow.ScanOutcome.Unknown;
import dev.countersign.client.flow.ScanOutcome.Unreadable;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Gs1Code;
import dev.countersign.common.catalogue.Gtin;
import dev.countersign.common.catalogue.MeasuredCode;
import dev.countersign.common.catalogue.PlainCode;
import dev.countersign.common.catalogue.UnreadableCode;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.LineFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a code on goods means: which they are, how much of them, and what it says beside. */
final class Codes {
  /** The first digit of the GTIN-14 of an item of variable measure. */
  private static final int SOLD_BY_MEASURE = 9;

  private final Catalogue catalogue;
  private final Supplier<BarcodeRules> rules;
  private final Clock clock;

  /**
   * @param rules how the shop's scales and labellers print their codes, which may change any time
   */
  Codes(Catalogue catalogue, Supplier<BarcodeRules> rules, Clock clock) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.clock = clock;
  }

  /** What came of reading one. */
  sealed interface Meaning {
    /**
     * Goods.
     *
     * @param hits none for a code that stands on no product
     */
    record Goods(String code, List<CatalogueHit> hits, Said said) implements Meaning {}

    /** Nothing that can be sold as it is. */
    record Nothing(ScanOutcome why) implements Meaning {}
  }

  /**
   * Reads what a scanner has read.
   *
   * @param currency of the prices in it
   */
  Meaning read(String code, Currency currency) {
    return switch (rules.get().read(code, LocalDate.now(clock))) {
      case UnreadableCode unreadable ->
          new Meaning.Nothing(new Unreadable(unreadable.text(), unreadable.reason()));
      case Gs1Code symbol -> of(symbol, currency);
      case PlainCode plain ->
          new Meaning.Goods(plain.text(), catalogue.byCode(plain.text()), Said.NOTHING);
      case MeasuredCode measured -> of(measured, currency);
    };
  }

  /**
   * What a scale or a labeller has printed. A code whose item nobody knows may still be one that
   * only looks so, and stands on a product as a whole.
   */
  private Meaning of(MeasuredCode measured, Currency currency) {
    List<CatalogueHit> base = catalogue.byCode(measured.baseCode());
    if (base.isEmpty()) {
      return new Meaning.Goods(measured.text(), catalogue.byCode(measured.text()), Said.NOTHING);
    }
    if (measured.value().signum() == 0) {
      return new Meaning.Nothing(new NothingIn(measured.text()));
    }
    List<CatalogueHit> hits =
        switch (measured.meaning()) {
          case WEIGHT, COUNT -> Measuring.times(base, Measuring.quantity(measured.value()));
          case PRICE -> Measuring.worth(base, measured.price(currency));
        };
    return hits.isEmpty()
        ? new Meaning.Nothing(new NothingIn(measured.text()))
        : new Meaning.Goods(measured.text(), hits, new Said(LineFacts.NONE, true));
  }

  /**
   * The item of a GS1 symbol, as often as the symbol says. A net weight or a price counts only with
   * indicator 9, which means that the item is sold by it (GS1 General Specifications, AI 310n and
   * 392n). What is past its last day is asked about.
   */
  private Meaning of(Gs1Code symbol, Currency currency) {
    Optional<Gtin> gtin = symbol.gtin();
    if (gtin.isEmpty()) {
      return new Meaning.Nothing(new Unknown(symbol.text().replaceAll("\\p{Cntrl}", " ").strip()));
    }
    List<CatalogueHit> hits = hits(symbol, gtin.get(), currency);
    String code = gtin.get().shortest();
    Said said = said(symbol, gtin.get());
    Optional<LocalDate> past = symbol.expiry().filter(day -> day.isBefore(LocalDate.now(clock)));
    return past.isPresent() && !hits.isEmpty()
        ? new Meaning.Nothing(new Expired(code, hits, past.get(), said))
        : new Meaning.Goods(code, hits, said);
  }

  /** A batch that could be somebody's card number is not kept. */
  private static Said said(Gs1Code symbol, Gtin gtin) {
    String batch = symbol.batch().filter(text -> !CardNumbers.isIn(text)).orElse("");
    LocalDate last = symbol.expiry().or(symbol::bestBefore).orElse(null);
    boolean measured =
        gtin.indicator() == SOLD_BY_MEASURE
            && (symbol.netKilograms().isPresent() || symbol.price().isPresent());
    return new Said(LineFacts.of(batch, last), measured);
  }

  private List<CatalogueHit> hits(Gs1Code symbol, Gtin gtin, Currency currency) {
    List<CatalogueHit> hits = catalogue.byCode(gtin.digits14());
    boolean measured = gtin.indicator() == SOLD_BY_MEASURE;
    Optional<BigDecimal> weight =
        measured ? symbol.netKilograms().filter(kilos -> kilos.signum() > 0) : Optional.empty();
    Optional<BigDecimal> price =
        measured ? symbol.price().filter(amount -> amount.signum() > 0) : Optional.empty();
    if (weight.isEmpty() && price.isPresent()) {
      return Measuring.worth(hits, Money.round(price.get(), currency, RoundingMode.HALF_UP));
    }
    Quantity times =
        weight
            .or(symbol::count)
            .filter(amount -> amount.signum() > 0)
            .map(Measuring::quantity)
            .orElse(Quantity.ONE);
    return Measuring.times(hits, times);
  }
}
