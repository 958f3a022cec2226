package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wins when a promotion, a price list, a tax or what a customer was granted is written in two
 * places: it is written as a whole, each version once, and the server's order decides. Pure.
 */
final class WrittenRules {
  /** Somebody wrote this version, or a later one, before. */
  static final String LATER_VERSION = "superseded-version";

  private WrittenRules() {}

  /** What is kept of each version. */
  enum Kind {
    PROMOTION("promotion"),
    PRICE_LIST("price-list"),
    TAX("tax"),
    CUSTOMER_TERMS("customer-terms");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The kind of the feed's item. */
    String wireName() {
      return wireName;
    }
  }

  /**
   * What a change writes.
   *
   * @param lastDay the last day on which it counts, or null while nobody has said
   */
  record Writing(Kind kind, int version, boolean fits, @Nullable LocalDate lastDay, FeedBody item) {
    /** What a change writes, or null when it writes nothing as a whole. */
    static @Nullable Writing of(ChangeBody body) {
      return switch (body) {
        case PromotionWritten(var promotion) ->
            new Writing(
                Kind.PROMOTION,
                promotion.version(),
                promotion.fits(),
                promotion.validity().to(),
                new FeedBody.PromotionItem(promotion));
        case PriceListWritten(var list) ->
            new Writing(
                Kind.PRICE_LIST,
                list.version(),
                list.fits(),
                list.to(),
                new FeedBody.PriceListItem(list));
        case TaxWritten(var tax) ->
            new Writing(Kind.TAX, tax.version(), tax.fits(), null, FeedBody.TaxItem.of(tax));
        case CustomerTermsWritten(var terms) ->
            new Writing(
                Kind.CUSTOMER_TERMS,
                terms.version(),
                terms.fits(),
                null,
                new FeedBody.CustomerTermsItem(terms));
        default -> null;
      };
    }

    /** Over for every clock in the world: no till needs it any more. */
    boolean isOver(LocalDate today) {
      return lastDay != null && lastDay.isBefore(today.minusDays(1));
    }
  }

  static Judgement written(
      Change change, Writing writing, Ground ground, Instant received, List<String> flags) {
    if (!writing.fits()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    int standing = ground.version(writing.kind(), change.entity());
    if (writing.version() <= standing) {
      List<String> codes = new ArrayList<>(List.of(LATER_VERSION));
      codes.addAll(flags);
      return new Judgement(Verdict.SUPERSEDED, String.join(",", codes));
    }
    if (writing.version() > standing + 1) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
