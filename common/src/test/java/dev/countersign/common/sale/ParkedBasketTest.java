package dev.countersign.common.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Basket.Container;
import dev.countersign.common.sale.ParkedBasket.Known;
import dev.countersign.common.sale.ParkedBasket.Line;
import dev.countersign.common.sale.ParkedBasket.Off;
import dev.countersign.common.sale.ParkedBasket.Word;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

public class ParkedBasketTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final UUID RUM = UUID.randomUUID();
  private static final UUID CRATE = UUID.randomUUID();
  private static final UUID APPLES = UUID.randomUUID();
  private static final UUID ANN = UUID.randomUUID();
  private static final UUID BOSS = UUID.randomUUID();
  private static final TaxRule VAT =
      new TaxRule(
          UUID.randomUUID(), "VAT", TaxRule.Kind.PERCENT, new BigDecimal("19"), true, false, false);

  private static Money usd(long minor) {
    return Money.of(minor, USD);
  }

  private static LinePrice each(long minor) {
    return new LinePrice.Each(usd(minor));
  }

  private static LineItem item(UUID product, String name) {
    return new LineItem(product, "4006381333931", name, "1 l", List.of(VAT), "Spirits");
  }

  /** A till that sells rum at this price. */
  private static ParkedBasket.Goods selling(long rum) {
    return new ParkedBasket.Goods() {
      @Override
      public Optional<Known> product(UUID product, String code) {
        return product.equals(RUM)
            ? Optional.of(
                new Known(
                    new LineItem(
                        RUM,
                        code,
                        "Rum",
                        "1 l",
                        List.of(VAT),
                        "Spirits",
                        Handling.NONE.withLeastAge(18)),
                    usd(rum)))
            : Optional.empty();
      }

      @Override
      public List<TaxRule> taxes(List<UUID> rules) {
        return rules.contains(VAT.id()) ? List.of(VAT) : List.of();
      }

      @Override
      public Optional<Buyer> buyer(UUID customer) {
        return customer.equals(ANN) ? Optional.of(new Buyer(ANN, "Ann", null)) : Optional.empty();
      }
    };
  }

  /** Everything that a counter puts into a basket beside goods of a receipt. */
  private static Basket full() {
    return Basket.empty(USD)
        .addOrIncrease(
            item(RUM, "Rum"),
            Quantity.of(2),
            each(1999),
            LineFacts.NONE,
            List.of(new Container(item(CRATE, "Crate").asContainer(), usd(25), Quantity.ONE)))
        .add(item(RUM, "Rum"), Quantity.ONE, each(1999))
        .setPrice(3, each(1500))
        .discount(3, new Discount.PercentOff(new BigDecimal("12.5"), "damaged"))
        .note(3, "the blue one")
        .add(
            item(APPLES, "Apples"),
            Quantity.parse("0.345"),
            each(299),
            LineFacts.NONE.with(new Weighing(5, false)))
        .add(new LineItem(null, "", "Bag", "", List.of(VAT)), Quantity.ONE, each(10))
        .add(
            item(CRATE, "Crate").asContainer(),
            Quantity.of(-3),
            new LinePrice.Returned(usd(25), ""),
            LineFacts.EMPTIES)
        .add(item(RUM, "Rum"), Quantity.ONE, new LinePrice.Total(usd(1234)))
        .add(item(RUM, "Rum"), Quantity.ONE, each(1999))
        .voidLine(8)
        .discount(new Discount.AmountOff(usd(100), "regular"))
        .note("for the party")
        .coupon("SUMMER")
        .boughtBy(new Buyer(ANN, "Ann", null))
        .checked(new AgeCheck(18, AgeCheck.How.DOCUMENT))
        .agreed(new Agreed(PermissionKey.SALE_PRICE, BOSS))
        .agreed(new Agreed(PermissionKey.SALE_DISCOUNT, BOSS));
  }

  /** One that a change holds. */
  public static ParkedBasket parked() {
    return ParkedBasket.of(full(), usd(4321));
  }

  private static ParkedBasket with(Line line) {
    return new ParkedBasket(
        "USD", List.of(line), List.of(), "", List.of(), List.of(), null, null, 0);
  }

  private static Line line(String quantity, Long unit, Long whole) {
    return new Line(
        RUM,
        "",
        "Rum",
        "",
        List.of(),
        Quantity.parse(quantity),
        unit,
        whole,
        null,
        List.of(),
        "",
        false,
        false,
        null);
  }

  @Test
  void nothingThatAPersonDecidedIsLostOnTheWay() {
    ParkedBasket told = Json.decode(Json.encode(parked()), ParkedBasket.class);
    assertThat(told).isEqualTo(parked());
    assertThat(told.sound()).isTrue();
    Basket there = told.rebuilt(selling(1999));
    Basket here = full();
    assertThat(there.discounts()).isEqualTo(here.discounts());
    assertThat(there.note()).isEqualTo(here.note());
    assertThat(there.agreed()).isEqualTo(here.agreed());
    assertThat(there.coupons()).isEqualTo(here.coupons());
    assertThat(there.buyer()).isEqualTo(here.buyer());
    assertThat(there.age()).isEqualTo(here.age());
    for (int i = 0; i < here.lines().size(); i++) {
      BasketLine before = here.lines().get(i);
      BasketLine after = there.lines().get(i);
      assertThat(after.quantity()).isEqualTo(before.quantity());
      assertThat(after.price()).isEqualTo(before.price());
      assertThat(after.listed()).isEqualTo(before.listed());
      assertThat(after.discounts()).isEqualTo(before.discounts());
      assertThat(after.note()).isEqualTo(before.note());
      assertThat(after.voided()).isEqualTo(before.voided());
      assertThat(after.facts()).isEqualTo(before.facts());
      assertThat(after.item().taxes()).isEqualTo(before.item().taxes());
      assertThat(after.isContainer()).isEqualTo(before.isContainer());
    }
    assertThat(parked().items()).isEqualTo(2 + 1 + 1 + 1 + 3 + 1);
  }

  @Test
  void theCatalogueOfHereSaysPricesAndNamesAndAPriceThatSomebodyChoseStays() {
    Basket dearer = parked().rebuilt(selling(2500));
    assertThat(dearer.line(1).price()).isEqualTo(each(2500));
    assertThat(dearer.line(1).item().handling().leastAge()).isEqualTo(18);
    assertThat(dearer.line(3).price()).isEqualTo(each(1500));
    assertThat(dearer.line(3).listed()).isEqualTo(usd(2500));
    // At the price that was chosen it is no other price any more.
    assertThat(parked().rebuilt(selling(1500)).line(3).listed()).isNull();
    Basket elsewhere = parked().rebuilt(ParkedBasket.Goods.NONE);
    assertThat(elsewhere.line(1).price()).isEqualTo(each(1999));
    assertThat(elsewhere.line(1).item().name()).isEqualTo("Rum");
    assertThat(elsewhere.buyer()).as("erased meanwhile").isNull();
  }

  @Test
  void whatNeedsSomebodysWordIsAskedForAndEveryWordIsWeighed() {
    assertThat(parked().requires())
        .containsExactlyInAnyOrder(
            PermissionKey.SALE_RING,
            PermissionKey.SALE_AGE,
            PermissionKey.SALE_PRICE,
            PermissionKey.SALE_DISCOUNT,
            PermissionKey.SALE_OPEN_ITEM);
    assertThat(parked().answering(PermissionKey.SALE_PRICE)).containsExactly(BOSS);
    assertThat(parked().answering(PermissionKey.SALE_OPEN_ITEM)).isEmpty();
    ParkedBasket hours =
        new ParkedBasket(
            "USD",
            List.of(line("1", 100L, null)),
            List.of(),
            "",
            List.of(new Word("sale.hours", BOSS)),
            List.of(),
            null,
            null,
            100);
    assertThat(hours.requires()).contains(PermissionKey.SALE_HOURS);
  }

  @Test
  void goodsThatComeBackStayOnTheirTillAndEmptiesDoNot() {
    Basket returned =
        Basket.empty(USD)
            .add(item(RUM, "Rum"), Quantity.of(-1), new LinePrice.Returned(usd(1999), "corked"));
    assertThat(ParkedBasket.mayTravel(returned)).isFalse();
    assertThatThrownBy(() -> ParkedBasket.of(returned, usd(-1999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ParkedBasket.mayTravel(full())).isTrue();
    assertThat(with(line("-1", 1999L, null)).sound()).as("forged").isFalse();
    assertThat(with(line("-1", null, -1999L)).sound()).as("as a whole").isFalse();
  }

  @Test
  void whatIsNoBasketIsNotSound() {
    assertThat(with(line("1", 100L, null)).sound()).isTrue();
    assertThat(with(line("1", null, null)).sound()).as("without a price").isFalse();
    assertThat(with(line("1", 100L, 100L)).sound()).as("with two prices").isFalse();
    assertThat(with(line("1", -1L, null)).sound()).as("negative").isFalse();
    assertThat(with(line("0", 1L, null)).sound()).as("nothing").isFalse();
    assertThat(with(line("1", 1_000_000_000_001L, null)).sound()).as("unbelievable").isFalse();
    assertThat(with(line("1", Long.MIN_VALUE, null)).sound()).as("unbelievable").isFalse();
    assertThat(with(line("1000000000", 1_000_000_000_000L, null)).sound())
        .as("more together than is believed")
        .isFalse();
    assertThat(with(line("2000000000", 0L, null)).sound()).as("too many").isFalse();
    ParkedBasket sound = with(line("1", 100L, null));
    assertThat(words(sound, "sale.everything").sound()).as("an act nobody knows").isFalse();
    assertThat(off(sound, new Off("101", null, "")).sound()).isFalse();
    assertThat(off(sound, new Off("x", null, "")).sound()).isFalse();
    assertThat(off(sound, new Off("1", 1L, "")).sound()).isFalse();
    assertThat(off(sound, new Off(null, -1L, "")).sound()).isFalse();
    assertThat(off(sound, new Off(null, 1L, "two\nlines")).sound()).isFalse();
    assertThat(off(sound, new Off("10", null, "")).sound()).isTrue();
    ParkedBasket other =
        new ParkedBasket("GOLD", sound.lines(), List.of(), "", List.of(), List.of(), null, null, 0);
    assertThat(other.sound()).as("no currency").isFalse();
    ParkedBasket empty =
        new ParkedBasket("USD", List.of(), List.of(), "", List.of(), List.of(), null, null, 0);
    assertThat(empty.sound()).isFalse();
  }

  @Test
  void whatFillsMoreThanItsShareOfAPageStaysOnItsTill() {
    ParkedBasket few =
        new ParkedBasket(
            "USD",
            Collections.nCopies(40, parked().lines().get(3)),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            null,
            0);
    assertThat(few.small()).isTrue();
    ParkedBasket many =
        new ParkedBasket(
            "USD",
            Collections.nCopies(200, parked().lines().get(3)),
            List.of(),
            "",
            List.of(),
            List.of(),
            null,
            null,
            0);
    assertThat(many.small()).isFalse();
    assertThat(many.sound()).isFalse();
  }

  private static ParkedBasket words(ParkedBasket basket, String act) {
    return new ParkedBasket(
        "USD",
        basket.lines(),
        List.of(),
        "",
        List.of(new Word(act, BOSS)),
        List.of(),
        null,
        null,
        0);
  }

  private static ParkedBasket off(ParkedBasket basket, Off off) {
    return new ParkedBasket(
        "USD", basket.lines(), List.of(off), "", List.of(), List.of(), null, null, 0);
  }

  /** A till whose flowers cost what is asked for, or what its catalogue says. */
  private static ParkedBasket.Goods flowers(boolean open) {
    return new ParkedBasket.Goods() {
      @Override
      public Optional<Known> product(UUID product, String code) {
        return Optional.of(
            new Known(
                new LineItem(
                    product,
                    code,
                    "Flowers",
                    "",
                    List.of(VAT),
                    "Garden",
                    Handling.NONE.withOpenPrice(open)),
                usd(300)));
      }

      @Override
      public List<TaxRule> taxes(List<UUID> rules) {
        return List.of(VAT);
      }

      @Override
      public Optional<Buyer> buyer(UUID customer) {
        return Optional.empty();
      }
    };
  }

  @Test
  void aPriceThatWasAskedForTravelsAndIsNoOther() {
    LineItem item = flowers(true).product(RUM, "1").orElseThrow().item();
    Basket asked = Basket.empty(USD).add(item, Quantity.ONE, each(1250));
    ParkedBasket parked = ParkedBasket.of(asked, usd(1250));
    assertThat(parked.requires()).containsExactly(PermissionKey.SALE_RING);
    BasketLine there = parked.rebuilt(flowers(true)).line(1);
    assertThat(there.price()).isEqualTo(each(1250));
    assertThat(there.listed()).isNull();
    assertThat(parked.rebuilt(flowers(false)).line(1).price())
        .as("where its price is not open")
        .isEqualTo(each(300));
    ParkedBasket changed = ParkedBasket.of(asked.setPrice(1, each(900)), usd(900));
    assertThat(changed.requires()).contains(PermissionKey.SALE_PRICE);
    BasketLine other = changed.rebuilt(flowers(true)).line(1);
    assertThat(other.price()).isEqualTo(each(900));
    assertThat(other.listed()).isEqualTo(usd(1250));
  }
}
