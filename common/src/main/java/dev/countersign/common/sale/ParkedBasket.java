package dev.countersign.common.sale;

import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// Long because what is told of a basket and what is made of it again stand side by side.
/**
 * A basket that was put aside, as it goes from one till to another. What the catalogue knows is
 * named and not told: whoever takes the basket up makes it anew of their own goods, prices, taxes
 * and customers. What a person decided (another price, a discount, an age) is told, with who
 * answers for it.
 *
 * @param currency ISO 4217
 * @param agreed who answers for what not everybody may do
 * @param customer whose basket it is, or null for anybody's
 * @param total what it came to where it was put aside, in minor units; for show
 */
public record ParkedBasket(
    String currency,
    List<Line> lines,
    List<Off> discounts,
    String note,
    List<Word> agreed,
    List<String> coupons,
    @Nullable UUID customer,
    @Nullable AgeCheck age,
    long total) {
  /**
   * Largest basket that goes to another till, in bytes of its JSON: about eighty lines. A page of
   * the feed full of them is what a till still reads.
   */
  public static final int LARGEST = 16_000;

  /** Above this no amount of a line is believed, in minor units. */
  private static final long LARGEST_AMOUNT = 1_000_000_000_000L;

  /** Above this no quantity is believed. */
  private static final Quantity MOST = Quantity.of(1_000_000_000);

  private static final int LONGEST_NAME = 400;

  public ParkedBasket {
    Objects.requireNonNull(currency, "currency");
    lines = lines == null ? List.of() : List.copyOf(lines);
    discounts = discounts == null ? List.of() : List.copyOf(discounts);
    note = note == null ? "" : note;
    agreed = agreed == null ? List.of() : List.copyOf(agreed);
    coupons = coupons == null ? List.of() : List.copyOf(coupons);
  }

  /**
   * A line.
   *
   * @param product null for an open item
   * @param name for an open item, and for a product that the other till does not know
   * @param taxes the rules of an open item or of an unknown product, in the order they apply
   * @param unit what one costs in minor units, or null when the line was priced as a whole
   * @param whole what the line costs in minor units, or null when it has a price per unit
   * @param listed the catalogue's price of one, only where a person put another in its place
   * @param container true for a container, whatever the catalogue says of it
   * @param facts what else is recorded of it, or null for nothing
   */
  public record Line(
      @Nullable UUID product,
      String code,
      String name,
      String size,
      List<UUID> taxes,
      Quantity quantity,
      @Nullable Long unit,
      @Nullable Long whole,
      @Nullable Long listed,
      List<Off> discounts,
      String note,
      boolean voided,
      boolean container,
      @Nullable LineFacts facts) {
    public Line {
      Objects.requireNonNull(quantity, "quantity");
      code = code == null ? "" : code;
      name = name == null ? "" : name;
      size = size == null ? "" : size;
      taxes = taxes == null ? List.of() : List.copyOf(taxes);
      discounts = discounts == null ? List.of() : List.copyOf(discounts);
      note = note == null ? "" : note;
      facts = LineFacts.NONE.equals(facts) ? null : facts;
    }

    /** What else is recorded of it. */
    public LineFacts beside() {
      return facts == null ? LineFacts.NONE : facts;
    }
  }

  /**
   * Something off the price; one of {@code percent} and {@code amount} is null.
   *
   * @param percent as a decimal string
   * @param amount minor units, not negative
   * @param reason may be empty
   */
  public record Off(@Nullable String percent, @Nullable Long amount, String reason) {
    public Off {
      reason = reason == null ? "" : reason;
    }
  }

  /**
   * Somebody answers for an act in this basket.
   *
   * @param act a permission key's text
   */
  public record Word(String act, UUID person) {
    public Word {
      Objects.requireNonNull(act, "act");
      Objects.requireNonNull(person, "person");
    }
  }

  /** What the till that takes a basket up knows. */
  public interface Goods {
    /** Knows nothing: every line is made of what is told with it. */
    Goods NONE =
        new Goods() {
          @Override
          public Optional<Known> product(UUID product, String code) {
            return Optional.empty();
          }

          @Override
          public List<TaxRule> taxes(List<UUID> rules) {
            return List.of();
          }

          @Override
          public Optional<Buyer> buyer(UUID customer) {
            return Optional.empty();
          }
        };

    /** A product as it is sold here, rung up under this code. */
    Optional<Known> product(UUID product, String code);

    /** The taxes of what the catalogue does not know. */
    List<TaxRule> taxes(List<UUID> rules);

    /** A customer as they buy here; empty for one who is not known (any more). */
    Optional<Buyer> buyer(UUID customer);
  }

  /** A product as a till sells it. */
  public record Known(LineItem item, Money price) {}

  /**
   * Whether a basket may leave its till: goods that come back are looked up where they are taken
   * back, only empties go everywhere.
   */
  public static boolean mayTravel(Basket basket) {
    return basket.lines().stream()
        .allMatch(
            line ->
                switch (line.price()) {
                  case LinePrice.Each _, LinePrice.Total _ -> true;
                  case LinePrice.Refunded _ -> false;
                  case LinePrice.Returned _ -> line.facts().empties();
                });
  }

  /**
   * A basket that {@link #mayTravel}.
   *
   * @param total what it comes to
   * @throws IllegalArgumentException for one that may not
   */
  public static ParkedBasket of(Basket basket, Money total) {
    if (!mayTravel(basket)) {
      throw new IllegalArgumentException("goods that come back stay where they are");
    }
    var buyer = basket.buyer();
    return new ParkedBasket(
        basket.currency().getCurrencyCode(),
        basket.lines().stream().map(ParkedBasket::line).toList(),
        basket.discounts().stream().map(ParkedBasket::off).toList(),
        basket.note(),
        basket.agreed().stream().map(word -> new Word(word.act().key(), word.person())).toList(),
        basket.coupons(),
        buyer == null ? null : buyer.id(),
        basket.age(),
        total.minor());
  }

  private static Line line(BasketLine line) {
    var item = line.item();
    var listed = line.listed();
    return new Line(
        item.productId(),
        item.code(),
        item.name(),
        item.size(),
        item.taxes().stream().map(TaxRule::id).toList(),
        line.quantity(),
        unit(line.price()),
        line.price() instanceof LinePrice.Total total ? (Long) total.lineTotal().minor() : null,
        listed == null ? null : (Long) listed.minor(),
        line.discounts().stream().map(ParkedBasket::off).toList(),
        line.note(),
        line.voided(),
        line.isContainer(),
        line.facts());
  }

  private static @Nullable Long unit(LinePrice price) {
    return switch (price) {
      case LinePrice.Each each -> (Long) each.unit().minor();
      case LinePrice.Returned returned -> (Long) returned.unit().minor();
      case LinePrice.Total _, LinePrice.Refunded _ -> null;
    };
  }

  private static Off off(Discount discount) {
    return switch (discount) {
      case Discount.PercentOff percent ->
          new Off(percent.percent().toPlainString(), null, percent.reason());
      case Discount.AmountOff amount -> new Off(null, amount.amount().minor(), amount.reason());
      case Discount.Promoted promoted ->
          throw new IllegalArgumentException("nobody gave " + promoted.reason());
    };
  }

  /**
   * The basket, made of what is known here.
   *
   * @throws IllegalArgumentException when it is none: see {@link #sound}
   * @throws ArithmeticException when a price of here makes its sums too large
   */
  public Basket rebuilt(Goods goods) {
    var in = Currency.getInstance(currency);
    var made = new ArrayList<BasketLine>();
    for (var line : lines) {
      made.add(rebuilt(made.size() + 1, line, in, goods));
    }
    return new Basket(
        in,
        made,
        discounts.stream().map(off -> discount(off, in)).toList(),
        note,
        agreed.stream().map(ParkedBasket::agreed).toList(),
        coupons,
        customer == null ? null : goods.buyer(customer).orElse(null),
        age);
  }

  private static BasketLine rebuilt(int no, Line line, Currency in, Goods goods) {
    var known =
        line.product() == null
            ? Optional.<Known>empty()
            : goods.product(line.product(), line.code());
    var item =
        known
            .map(Known::item)
            .orElseGet(
                () ->
                    new LineItem(
                        line.product(),
                        line.code(),
                        line.name(),
                        line.size(),
                        goods.taxes(line.taxes())));
    // A price that was asked for is no other than the usual one: there is none.
    var usual =
        item.handling().asksPrice() && line.unit() != null
            ? null
            : known.map(Known::price).orElse(null);
    var price = price(line, in, usual);
    var listed = listed(line, in, usual);
    boolean asListed =
        listed != null && price instanceof LinePrice.Each(Money unit) && unit.equals(listed);
    return new BasketLine(
        no,
        line.container() ? item.asContainer() : item,
        line.quantity(),
        price,
        line.voided(),
        asListed ? null : listed,
        line.discounts().stream().map(off -> discount(off, in)).toList(),
        line.note(),
        line.beside());
  }

  /** Another price than the catalogue's stays; the catalogue's is that of here. */
  private static LinePrice price(Line line, Currency in, @Nullable Money usual) {
    Long whole = line.whole();
    Long unit = line.unit();
    if (whole == null == (unit == null)) {
      throw new IllegalArgumentException("a line has one price");
    }
    if (unit == null) {
      if (line.quantity().isNegative()) {
        throw new IllegalArgumentException("goods that come back stay where they are");
      }
      return new LinePrice.Total(Money.of(Objects.requireNonNull(whole), in));
    }
    boolean chosen = line.listed() != null || usual == null;
    var each = chosen ? Money.of(unit, in) : Objects.requireNonNull(usual);
    if (!line.quantity().isNegative()) {
      return new LinePrice.Each(each);
    }
    if (!line.beside().empties()) {
      throw new IllegalArgumentException("goods that come back stay where they are");
    }
    return new LinePrice.Returned(each, "");
  }

  private static @Nullable Money listed(Line line, Currency in, @Nullable Money usual) {
    Long listed = line.listed();
    if (listed == null) {
      return null;
    }
    return usual == null ? Money.of(listed, in) : usual;
  }

  private static Discount discount(Off off, Currency in) {
    String percent = off.percent();
    Long amount = off.amount();
    if (percent != null && amount == null) {
      return new Discount.PercentOff(new BigDecimal(percent), off.reason());
    }
    if (amount == null || percent != null) {
      throw new IllegalArgumentException("a discount is a percentage or an amount");
    }
    return new Discount.AmountOff(Money.of(amount, in), off.reason());
  }

  private static Agreed agreed(Word word) {
    return new Agreed(
        PermissionKey.of(word.act())
            .orElseThrow(() -> new IllegalArgumentException("an act that nobody knows")),
        word.person());
  }

  /** Whether it fits into a change and a page of the feed. */
  public boolean small() {
    return Json.encode(this).length <= LARGEST;
  }

  /**
   * Whether it is a basket at all: small enough, with at least one line, amounts that can be
   * believed, and everything that a basket asks of its lines.
   */
  public boolean sound() {
    if (lines.isEmpty() || !small() || !lines.stream().allMatch(ParkedBasket::believable)) {
      return false;
    }
    try {
      return coupons.stream().allMatch(Notes::fits)
          && rebuilt(Goods.NONE).lines().stream()
              .allMatch(line -> believable(line.amount().minor()));
    } catch (IllegalArgumentException | ArithmeticException _) {
      return false;
    }
  }

  private static boolean believable(Line line) {
    return believable(line.unit())
        && believable(line.whole())
        && believable(line.listed())
        && line.quantity().compareTo(MOST) <= 0
        && line.quantity().negate().compareTo(MOST) <= 0
        && Notes.fits(line.code())
        && line.name().length() + line.size().length() <= LONGEST_NAME;
  }

  private static boolean believable(@Nullable Long amount) {
    return amount == null || (amount >= -LARGEST_AMOUNT && amount <= LARGEST_AMOUNT);
  }

  /** What somebody must be allowed for it to stand as it does, and for every word given in it. */
  public Set<PermissionKey> requires() {
    var keys = EnumSet.of(PermissionKey.SALE_RING);
    if (age != null) {
      keys.add(PermissionKey.SALE_AGE);
    }
    boolean off = !discounts.isEmpty();
    for (var line : lines) {
      if (line.voided()) {
        continue;
      }
      off |= !line.discounts().isEmpty();
      if (line.product() == null) {
        keys.add(PermissionKey.SALE_OPEN_ITEM);
      } else if (line.listed() != null) {
        keys.add(PermissionKey.SALE_PRICE);
      }
    }
    if (off) {
      keys.add(PermissionKey.SALE_DISCOUNT);
    }
    agreed.forEach(word -> PermissionKey.of(word.act()).ifPresent(keys::add));
    return keys;
  }

  /** Who answers for an act. */
  public Set<UUID> answering(PermissionKey act) {
    var people = new LinkedHashSet<UUID>();
    for (var word : agreed) {
      if (word.act().equals(act.key())) {
        people.add(word.person());
      }
    }
    return people;
  }

  /** Pieces that are not struck through; anything weighed counts as one. */
  public long items() {
    return lines.stream()
        .filter(line -> !line.voided() && line.beside().deposit() == null)
        .mapToLong(
            line ->
                line.quantity().isWhole() ? Math.abs(line.quantity().millionths()) / 1_000_000 : 1)
        .sum();
  }
}
