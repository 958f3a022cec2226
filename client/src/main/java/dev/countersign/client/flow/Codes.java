package dev.countersign.client.flow;

import dev.countersign.client.flow.ScanOutcome.Expired;
import dev.countersign.client.flow.ScanOutcome.NothingIn;
import dev.countersign.client.flow.ScanOutcome.OtherCurrency;
import dev.countersign.client.flow.ScanOutcome.Past;
import dev.countersign.client.flow.ScanOutcome.Said;
import dev.countersign.client.flow.ScanOutcome.Unknown;
import dev.countersign.client.flow.ScanOutcome.Unreadable;
import dev.countersign.client.ledger.Catalogue;
import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Gs1Code;
import dev.countersign.common.catalogue.Gs1Parser;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a code on goods means: which they are, how much of them, and what it says beside. */
final class Codes {
  /** The first digit of the GTIN-14 of an item of variable measure. */
  private static final int SOLD_BY_MEASURE = 9;

  private final Catalogue catalogue;
  private final Supplier<BarcodeRules> rules;
  private final Supplier<LocalDateTime> known;

  /**
   * @param rules how the shop's scales and labellers print their codes, which may change any time
   * @param known the time by which goods are past their day: not before the server's last word
   */
  Codes(Catalogue catalogue, Supplier<BarcodeRules> rules, Supplier<LocalDateTime> known) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.known = known;
  }

  /**
   * What stands on goods, before anybody asks how much of them that is.
   *
   * @param items that it names; none for a code that stands on no product
   * @param times how many of each, or what they weigh, above 0; of one where it says a price
   * @param price of all of it; null where it says none
   * @param past until when they were good, when that is over; else null
   */
  record Label(
      String code,
      List<CatalogueHit> items,
      Quantity times,
      @Nullable Money price,
      Said said,
      @Nullable Past past) {
    static Label plain(String code, List<CatalogueHit> items) {
      return new Label(code, items, Quantity.ONE, null, Said.NOTHING, null);
    }

    /**
     * So much of each as it says; without those of which no amount costs its price. What has an
     * open price costs what the label says.
     */
    List<CatalogueHit> hits() {
      return price == null ? Measuring.times(items, times) : Measuring.worth(items, price);
    }
  }

  /** What a code is. */
  private sealed interface Standing {
    /** One that stands on goods. */
    record On(Label label) implements Standing {}

    /** One that cannot be read, or says nothing. */
    record Off(ScanOutcome why) implements Standing {}
  }

  /** What is to be sold of it. */
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
   * What is to be sold of what a scanner has read.
   *
   * @param currency of the prices in it
   */
  Meaning scanned(String code, Currency currency) {
    return switch (stands(code, currency)) {
      case Standing.On(Label label) -> sells(label);
      case Standing.Off(ScanOutcome why) -> new Meaning.Nothing(why);
    };
  }

  /**
   * What is to be sold of what somebody has typed: the digits of a label, what is printed beneath a
   * GS1 symbol with its identifiers in brackets, or the shop's own number.
   *
   * @return empty for what names no goods, such as words
   */
  Optional<Meaning> typed(String text, Currency currency) {
    Standing standing = stands(asScanned(text), currency);
    return switch (standing) {
      case Standing.On(Label label) when !label.items().isEmpty() -> Optional.of(sells(label));
      case Standing.Off(ScanOutcome why)
          when why instanceof NothingIn || Gs1Parser.isPrinted(text) ->
          Optional.of(new Meaning.Nothing(why));
      case Standing.On _, Standing.Off _ -> whole(text).map(this::sells);
    };
  }

  /**
   * The label of goods that come back, scanned or typed; empty for what names no goods. Nobody asks
   * what day it is, and what they cost is what was paid.
   */
  Optional<Label> back(String text, Currency currency) {
    return stands(asScanned(text), currency) instanceof Standing.On(Label label)
            && !label.items().isEmpty()
        ? Optional.of(label)
        : whole(text);
  }

  /** A number of the shop's own may look like a code with a wrong digit. */
  private Optional<Label> whole(String text) {
    List<CatalogueHit> hits = catalogue.byCode(text);
    return hits.isEmpty() ? Optional.empty() : Optional.of(Label.plain(text.strip(), hits));
  }

  private static String asScanned(String text) {
    return Gs1Parser.isPrinted(text) ? Gs1Parser.ofPrinted(text) : text;
  }

  private Meaning sells(Label label) {
    List<CatalogueHit> hits = label.hits();
    Past past = label.past();
    if (hits.isEmpty()) {
      return label.items().isEmpty()
          ? new Meaning.Goods(label.code(), hits, label.said())
          : new Meaning.Nothing(new NothingIn(label.code()));
    }
    return past == null
        ? new Meaning.Goods(label.code(), hits, label.said())
        : new Meaning.Nothing(new Expired(label.code(), hits, past, label.said()));
  }

  private Standing stands(String code, Currency currency) {
    return switch (rules.get().read(code, () -> known.get().toLocalDate())) {
      case UnreadableCode unreadable ->
          new Standing.Off(new Unreadable(unreadable.text(), unreadable.reason()));
      case Gs1Code symbol -> of(symbol, currency, known.get());
      case PlainCode plain ->
          new Standing.On(Label.plain(plain.text(), catalogue.byCode(plain.text())));
      case MeasuredCode measured -> of(measured, currency);
    };
  }

  /**
   * What a scale or a labeller has printed. A code whose item nobody knows may still be one that
   * only looks so, and stands on a product as a whole.
   */
  private Standing of(MeasuredCode measured, Currency currency) {
    String code = measured.text();
    List<CatalogueHit> base = catalogue.byCode(measured.baseCode());
    if (base.isEmpty()) {
      return new Standing.On(Label.plain(code, catalogue.byCode(code)));
    }
    if (measured.value().signum() == 0) {
      return new Standing.Off(new NothingIn(code));
    }
    Said said = new Said(LineFacts.NONE, true, null, false);
    return new Standing.On(
        switch (measured.meaning()) {
          case WEIGHT, COUNT ->
              new Label(code, base, Measuring.quantity(measured.value()), null, said, null);
          case PRICE -> {
            Money price = measured.price(currency);
            yield new Label(code, base, Quantity.ONE, price, said.at(price), null);
          }
        });
  }

  /**
   * The item of a GS1 symbol, as often as the symbol says. A net weight or a price counts only with
   * indicator 9, which means that the item is sold by it (GS1 General Specifications, AI 310n, 392n
   * and 393n). A weight counts before a price, but the price of what has none here is the printed
   * one. What is past its last day, or its best, is asked about.
   */
  private Standing of(Gs1Code symbol, Currency currency, LocalDateTime now) {
    Optional<Gtin> gtin = symbol.gtin();
    if (gtin.isEmpty()) {
      return new Standing.Off(new Unknown(symbol.text().replaceAll("\\p{Cntrl}", " ").strip()));
    }
    String code = gtin.get().shortest();
    List<CatalogueHit> items = catalogue.byCode(gtin.get().digits14());
    Measure measure =
        gtin.get().indicator() == SOLD_BY_MEASURE ? Measure.of(symbol, currency) : Measure.NONE;
    Integer other = measure.other();
    if (other != null) {
      return new Standing.Off(new OtherCurrency(code, named(other)));
    }
    if (measure.isNothing() && !items.isEmpty()) {
      return new Standing.Off(new NothingIn(code));
    }
    BigDecimal weight = measure.weight();
    Quantity times =
        Optional.ofNullable(weight)
            .or(() -> measure.price() == null ? symbol.count() : Optional.empty())
            .filter(amount -> amount.signum() > 0)
            .map(Measuring::quantity)
            .orElse(Quantity.ONE);
    return new Standing.On(
        new Label(
            code,
            items,
            times,
            weight == null ? measure.price() : null,
            said(symbol, measure),
            past(symbol, now)));
  }

  /**
   * How much of its goods a symbol stands for.
   *
   * @param weight in kilograms, perhaps 0; null where it says none
   * @param price perhaps 0; null where it says none in this shop's money
   * @param other the number of another currency, where nothing but a price in it is said
   */
  private record Measure(
      @Nullable BigDecimal weight, @Nullable Money price, @Nullable Integer other) {
    static final Measure NONE = new Measure(null, null, null);

    static Measure of(Gs1Code symbol, Currency currency) {
      BigDecimal weight = symbol.netKilograms().orElse(null);
      Optional<Gs1Code.Priced> priced = symbol.priced();
      Money price =
          symbol
              .price()
              .or(
                  () ->
                      priced
                          .filter(each -> each.currency() == currency.getNumericCode())
                          .map(Gs1Code.Priced::amount))
              .map(amount -> Money.round(amount, currency, RoundingMode.HALF_UP))
              .orElse(null);
      return new Measure(
          weight,
          price,
          weight == null && price == null
              ? priced.map(Gs1Code.Priced::currency).orElse(null)
              : null);
    }

    /** Whether what counts of it is a weight or a price of nothing. */
    boolean isNothing() {
      return weight != null ? weight.signum() == 0 : price != null && !price.isPositive();
    }
  }

  private static @Nullable Past past(Gs1Code symbol, LocalDateTime now) {
    if (symbol.isExpired(now)) {
      LocalDate day = symbol.expiry().orElseThrow();
      LocalTime time =
          symbol
              .expiryTime()
              .filter(last -> last.toLocalDate().equals(day))
              .map(LocalDateTime::toLocalTime)
              .orElse(null);
      return new Past(day, time, false);
    }
    return symbol
        .bestBefore()
        .filter(day -> day.isBefore(now.toLocalDate()))
        .map(day -> new Past(day, null, true))
        .orElse(null);
  }

  /** A currency by its letters, where its number is one. */
  private static String named(int number) {
    return Currency.getAvailableCurrencies().stream()
        .filter(each -> each.getNumericCode() == number)
        .map(Currency::getCurrencyCode)
        .min(Comparator.naturalOrder())
        .orElse(String.format(Locale.ROOT, "%03d", number));
  }

  /** A batch or a serial number that could be somebody's card number is not kept. */
  private static Said said(Gs1Code symbol, Measure measure) {
    String batch = symbol.batch().filter(text -> !CardNumbers.isIn(text)).orElse("");
    String serial = symbol.serial().filter(text -> !CardNumbers.isIn(text)).orElse("");
    LocalDate last = symbol.expiry().or(symbol::bestBefore).orElse(null);
    LineFacts facts = LineFacts.of(batch, last).with(serial);
    Money price = measure.price();
    boolean weighed = measure.weight() != null;
    return price != null && price.isPositive()
        ? new Said(facts, true, price, weighed)
        : new Said(facts, weighed, null, false);
  }
}
