package dev.countersign.client.ui.office;

import dev.countersign.client.ui.kit.Amounts;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Validity;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a promotion is, in words. */
final class PromotionWords {
  private static final long HUNDREDTH = 10_000;

  private final Words words;
  private final Amounts amounts;
  private final Currency currency;

  PromotionWords(Words words, Amounts amounts, Currency currency) {
    this.words = words;
    this.amounts = amounts;
    this.currency = currency;
  }

  String gives(Promotion promotion) {
    return promotion
        .terms()
        .offer()
        .map(this::gives)
        .orElseGet(() -> words.say("promotions.gives.unknown"));
  }

  private String gives(Offer offer) {
    return switch (offer) {
      case Offer.PercentOff o -> words.say("promotions.gives.percent", percent(o.percent()));
      case Offer.AmountOff o -> words.say("promotions.gives.amount", money(o.amount()));
      case Offer.FixedPrice o -> words.say("promotions.gives.price", money(o.price()));
      case Offer.PayFor o ->
          words.say("promotions.gives.pay-for", amounts.count(o.take()), amounts.count(o.pay()));
      case Offer.PriceFor o ->
          words.say("promotions.gives.price-for", amounts.count(o.take()), money(o.price()));
      case Offer.Together o -> words.say("promotions.gives.together", money(o.price()));
      case Offer.CheapestFree o ->
          words.say("promotions.gives.cheapest-free", amounts.count(o.take()));
      case Offer.SpendAmount o ->
          words.say("promotions.gives.spend-amount", money(o.amount()), money(o.threshold()));
      case Offer.SpendPercent o ->
          words.say("promotions.gives.spend-percent", percent(o.percent()), money(o.threshold()));
    };
  }

  String goods(Promotion promotion) {
    var goods = promotion.goods();
    if (goods.meansEverything()) {
      return promotion.terms().parts().isEmpty()
          ? words.say("promotions.goods.all")
          : words.say("promotions.goods.parts", promotion.terms().parts().size());
    }
    String categories = Forms.first(words, goods.categories());
    int products = goods.products().size();
    if (products == 0) {
      return categories;
    }
    return categories.isEmpty()
        ? words.say("promotions.goods.products", products)
        : words.say("promotions.goods.both", products, categories);
  }

  String when(Validity validity) {
    String from = date(validity.from());
    LocalDate to = validity.to();
    String days =
        to == null
            ? words.say("promotions.when.from", from)
            : words.say("promotions.when.from-to", from, date(to));
    String when = days;
    if (!validity.days().isEmpty()) {
      when = words.say("promotions.when.hours", when, week(validity.days()));
    }
    if (validity.fromMinute() != 0 || validity.toMinute() != 1_440) {
      String hours =
          words.say(
              "promotions.when.from-to",
              amounts.clock(validity.fromMinute()),
              amounts.clock(validity.toMinute()));
      when = words.say("promotions.when.hours", when, hours);
    }
    int stores = validity.stores().size();
    return stores == 0 ? when : words.say("promotions.when.stores", when, stores);
  }

  private String week(List<DayOfWeek> days) {
    Locale locale = words.speech().locale();
    return days.stream()
        .sorted()
        .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, locale))
        .collect(Collectors.joining(" "));
  }

  private String date(LocalDate day) {
    return amounts.date(day.atStartOfDay(ZoneOffset.UTC).plusHours(12).toInstant());
  }

  private String percent(int hundredths) {
    return amounts.text(new Quantity(hundredths * HUNDREDTH));
  }

  private String money(long minor) {
    return amounts.text(Money.of(minor, currency));
  }
}
