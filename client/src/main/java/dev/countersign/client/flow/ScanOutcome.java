package dev.countersign.client.flow;

import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.catalogue.UnreadableCode;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.promotion.Promotions;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.SaleHours;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scan or of something typed. {@link Added}, {@link CouponShown} and {@link
 * Recognised} changed the basket.
 */
public sealed interface ScanOutcome {

  /** Nothing was added, and a person is told why. */
  sealed interface Refused extends ScanOutcome {}

  /** Nothing was added yet: somebody is asked first, and one after the other. */
  sealed interface Asking extends ScanOutcome {}

  /** A line was added or its quantity increased; {@link Running#touched} says which. */
  record Added(Running running) implements ScanOutcome {}

  /**
   * What a code says of its goods beside which they are.
   *
   * @param measured true when it says how much they are: nobody has to weigh them
   * @param price of those whose price is open, or null while nobody has said it
   * @param whole true when that is the price of all of it, and not of one
   */
  record Said(LineFacts facts, boolean measured, @Nullable Money price, boolean whole) {
    /** Nothing. */
    static final Said NOTHING = new Said(LineFacts.NONE, false, null, false);

    Said sold(UUID by, LocalDate past) {
      return new Said(facts.sold(by, past), measured, price, whole);
    }

    Said at(Money asked) {
      return new Said(facts, measured, asked, false);
    }
  }

  /** Several products bear this code: a person chooses. */
  record Choose(String code, List<CatalogueHit> hits, Said said) implements Asking {
    public Choose {
      hits = List.copyOf(hits);
    }
  }

  /**
   * A coupon was shown, and counts from now on.
   *
   * @param off what it took off at once; zero while its goods are not in the basket
   */
  record CouponShown(Running running, String code, Money off) implements ScanOutcome {}

  /** A coupon that takes nothing off now, and why. */
  record CouponRefused(String code, Promotions.Showing why) implements Refused {}

  /** The card of a customer, who buys the basket from now on. */
  record Recognised(Running running, String name) implements ScanOutcome {}

  /**
   * Goods that are about to be sold.
   *
   * @param count how many times, as was said before them; what is scanned while somebody is asked
   *     about them counts once
   */
  record Offered(CatalogueHit hit, String code, Said said, Quantity count) {
    /** What they are, at the price that was asked for where theirs is open. */
    public Product product() {
      Money price = said.price();
      Product product = hit.product();
      return price != null && !said.whole() && product.handling().asksPrice()
          ? product.at(price)
          : product;
    }

    /** What all of it costs, where its price is open and its label says so. */
    Optional<Money> whole() {
      return said.whole() && hit.product().handling().asksPrice()
          ? Optional.ofNullable(said.price())
          : Optional.empty();
    }
  }

  /** Goods whose price is open. Nothing was added; whoever sells them says what one costs. */
  record AskPrice(Offered offered) implements Asking {}

  /**
   * Only for buyers of this age. Nothing was added; the cashier says whether this one is.
   *
   * @param years the least age
   * @param born the latest day of birth that is old enough
   */
  record AskAge(Offered offered, int years, LocalDate born) implements ScanOutcome {}

  /**
   * Restricted goods outside their hours. Nothing was added.
   *
   * @param hours in which the store sells them
   * @param now by the clock on the store's wall
   */
  record OutOfHours(Offered offered, List<SaleHours> hours, LocalDateTime now) implements Asking {
    public OutOfHours {
      hours = List.copyOf(hours);
    }
  }

  /** Goods by the kilogram. Nothing was added; they are weighed first. */
  record Weigh(Offered offered) implements Asking {}

  /** {@code 6 ×}: so many of what comes next. */
  record Multiplied(Running running) implements ScanOutcome {}

  /** No product bears this code. Nothing was added. */
  record Unknown(String code) implements Refused {}

  /**
   * Until when goods were good.
   *
   * @param time up to which on that day, or null for all of it
   * @param bestBefore true for the day up to which they were at their best; they may be good still
   */
  record Past(LocalDate day, @Nullable LocalTime time, boolean bestBefore) {}

  /** The goods are past their last day, or their best. Nothing was added; a person decides. */
  record Expired(String code, List<CatalogueHit> hits, Past past, Said said) implements Asking {
    public Expired {
      hits = List.copyOf(hits);
    }

    /** The last day on which they could be sold, or were at their best. */
    public LocalDate last() {
      return past.day();
    }

    /** Up to which time of that day; empty for all of it. */
    public Optional<LocalTime> time() {
      return Optional.ofNullable(past.time());
    }

    /** True when they are only past their best. */
    public boolean bestBefore() {
      return past.bestBefore();
    }
  }

  /**
   * A label of a price in money that this shop does not take. Nothing was added.
   *
   * @param currency its letters in ISO 4217, or its number
   */
  record OtherCurrency(String code, String currency) implements Refused {}

  /** A label of a weight, a count or a price of nothing. Nothing was added. */
  record NothingIn(String code) implements Refused {}

  /** Not a container, and none goes with it: it does not come back as empties. */
  record NoContainer(String name) implements Refused {}

  /**
   * Empties beyond what the store takes back without approval. Nothing was added.
   *
   * @param limit for the empties of one sale, or of one shift
   */
  record TooManyEmpties(Offered offered, Limited limited, Money limit) implements Asking {}

  /** What a limit is for. */
  enum Limited {
    SALE,
    SHIFT
  }

  /** The code itself is wrong or cut off. Nothing was added. */
  record Unreadable(String code, UnreadableCode.Reason reason) implements Refused {}

  /** The number before × is zero, too large or not a number. */
  record WrongCount(String typed) implements Refused {}

  /** The basket holds as many lines as any receipt can; it must be paid or discarded. */
  record Full() implements Refused {}
}
