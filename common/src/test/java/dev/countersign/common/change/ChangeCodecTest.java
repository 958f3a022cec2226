package dev.countersign.common.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.promotion.Caps;
import dev.countersign.common.promotion.Coupon;
import dev.countersign.common.promotion.Offer;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.promotion.Selection;
import dev.countersign.common.promotion.Terms;
import dev.countersign.common.promotion.Validity;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.ParkedBasketTest;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Long because every kind of change goes there and back.
class ChangeCodecTest {
  private static Change decode(byte[] bytes) throws UnreadableChangeException {
    return ChangeCodec.decode(bytes, 0, bytes.length);
  }

  private static String sale() {
    return new String(
        ChangeCodec.encode(Changes.sale(7, List.of(Changes.line(1, "2", 4998)))),
        StandardCharsets.UTF_8);
  }

  @Property
  void encodeThenDecodeIsTheIdentity(
      @ForAll @LongRange(min = 1) long number,
      @ForAll @Size(max = 8) List<@LongRange(min = -900_000, max = 900_000) Long> amounts,
      @ForAll @LongRange(min = -9_000_000, max = 9_000_000) long millionths,
      @ForAll @StringLength(max = 40) String name)
      throws UnreadableChangeException {
    // A lone surrogate is not text; it cannot be encoded, which is its own test.
    String text = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    List<SaleCompleted.Line> lines = new ArrayList<>();
    for (long amount : amounts) {
      lines.add(
          new SaleCompleted.Line(
              lines.size() + 1,
              lines.size() % 2 == 0 ? Changes.PRODUCT : null,
              "c" + amount,
              text,
              new Quantity(millionths),
              lines.size() % 3 == 0 ? amount : null,
              null,
              amount,
              List.of(new SaleCompleted.Tax(Changes.PRODUCT, "VAT", "20", amount, amount / 6))));
    }
    Change change = Changes.sale(number, lines);
    assertThat(decode(ChangeCodec.encode(change))).isEqualTo(change);
  }

  private static SuspicionReported noticed() {
    return new SuspicionReported(
        Changes.STORE, null, SuspicionReported.Kind.STRANGE_DEVICE, "a box between the cables");
  }

  private static PaymentReturned returned() {
    return new PaymentReturned(
        Changes.STORE,
        Changes.REGISTER,
        Changes.SHIFT,
        "EUR",
        SaleCompleted.Means.CARD,
        1234,
        "88 213",
        PaymentReturned.How.REVERSED);
  }

  private static PromotionWritten happyHour() {
    return new PromotionWritten(
        new Promotion(
            "Happy hour",
            3,
            10,
            true,
            false,
            Terms.of(
                new Offer.Together(
                    List.of(new Offer.Part(Selection.ofProducts(Changes.PRODUCT), 2)), 500)),
            Selection.ofCategories("wine"),
            new Caps(2, 1000, 5000),
            new Coupon("HAPPY", 1),
            new Validity(
                LocalDate.of(2026, 6, 1),
                null,
                List.of(DayOfWeek.FRIDAY),
                1020,
                1140,
                List.of(Changes.STORE))));
  }

  private static CreditIssued giftCard() {
    return new CreditIssued(
        Changes.STORE,
        Changes.REGISTER,
        Changes.SHIFT,
        CreditKind.GIFT_CARD,
        "ab".repeat(32),
        "EUR",
        5_000,
        null);
  }

  private static PriceListWritten staffPrices() {
    return new PriceListWritten(
        new PriceList(
            "Staff",
            1,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 12, 31),
            List.of(new PriceList.ListedPrice(Changes.PRODUCT, 0))));
  }

  @Test
  void everyKindSurvivesTheRoundTrip() throws UnreadableChangeException {
    List<ChangeBody> bodies =
        List.of(
            new ShiftOpened(
                Changes.STORE, Changes.REGISTER, 1, LocalDate.of(2026, 3, 1), "EUR", 10_000),
            new BasketVoided(Changes.STORE, Changes.REGISTER, Changes.SHIFT, "EUR", 3, 1234),
            returned(),
            new ShiftClosed(
                Changes.STORE,
                Changes.REGISTER,
                1,
                LocalDate.of(2026, 3, 1),
                "EUR",
                2,
                1234,
                11_234,
                11_200,
                List.of(new DrawerCounted.Pieces(5_000, 2), new DrawerCounted.Pieces(400, 3)),
                List.of(new ShiftFigures.Tendered(SaleCompleted.Means.CARD, 700)),
                500L,
                Changes.figures(),
                new ShiftClosed.LogHead(41, "0a".repeat(32))),
            new DrawerOpened(Changes.STORE, Changes.REGISTER, Changes.SHIFT, "change for a note"),
            new DrawerCounted(
                Changes.STORE,
                Changes.REGISTER,
                Changes.SHIFT,
                "EUR",
                300,
                List.of(new DrawerCounted.Pieces(100, 3)),
                List.of(new ShiftFigures.Tendered(SaleCompleted.Means.GIFT_CARD, -700)),
                true),
            new CashMoved(
                Changes.STORE, Changes.REGISTER, Changes.SHIFT, "EUR", -500, "window cleaner"),
            new ProductChanged(
                List.of(
                    new ProductChanged.Edit(ProductChanged.Field.PRICE, "1999", "1899"),
                    new ProductChanged.Edit(ProductChanged.Field.SIZE, "", "70 cl"))),
            happyHour(),
            staffPrices(),
            new TaxWritten(
                Tax.since("VAT", TaxRule.Kind.PERCENT, new BigDecimal("19"), true, false, true)
                    .from(LocalDate.of(2027, 1, 1), new BigDecimal("21.5"))),
            new CustomerAdded("0".repeat(64)),
            new CustomerChanged("0".repeat(64), "1".repeat(64)),
            new CustomerTermsWritten(new CustomerTerms(2, Changes.STORE, "Charity 12", 25_000)),
            new StockMoved(
                Changes.STORE,
                StockMoved.Reason.RETURNED_TO_SUPPLIER,
                List.of(new StockMoved.Line(Changes.PRODUCT, Quantity.parse("-2.5"))),
                "torn"),
            new StockCounted(
                Changes.STORE,
                List.of(new StockCounted.Line(Changes.PRODUCT, Quantity.parse("0.75")))),
            new VerdictResolved(
                Changes.REGISTER, 3, 7, VerdictResolved.Resolution.ACCEPT, "asked her"),
            giftCard(),
            noticed(),
            new TrainingSwitched(Changes.STORE, Changes.REGISTER, true),
            new SaleParked(Changes.STORE, Changes.REGISTER, ParkedBasketTest.parked()),
            new SaleRecalled(Changes.STORE, Changes.REGISTER),
            Changes.sale(1, List.of(Changes.line(1, "0.345", 99))).body());
    assertThat(bodies).hasSize(ChangeType.values().length);
    for (ChangeBody body : bodies) {
      Change change = Changes.change(1, body);
      assertThat(decode(ChangeCodec.encode(change))).isEqualTo(change);
    }
  }

  @Test
  void stockThatIsNotWholeOrNotOfItsKindIsRefused() {
    String moved =
        text(
            new StockMoved(
                Changes.STORE,
                StockMoved.Reason.FOUND,
                List.of(new StockMoved.Line(Changes.PRODUCT, Quantity.ONE)),
                "behind"));
    for (String bad :
        List.of(
            moved.replace("\"FOUND\"", "\"GIVEN\""),
            moved.replace("\"FOUND\"", "null"),
            moved.replace("\"FOUND\"", "4"),
            moved.replace("\"quantity\":\"1\"", "\"quantity\":\"1.0000001\""),
            moved.replace("\"quantity\":\"1\"", "\"quantity\":null"),
            moved.replace("\"quantity\":\"1\"", "\"quantity\":\"9223372036854775808\""),
            moved.replace(Changes.PRODUCT.toString(), "1-2-3-4-x"),
            moved.replace("\"store\":\"" + Changes.STORE + "\",", ""),
            moved.replace("stock.moved", "stock.counted"),
            moved.replace("\"note\":", "\"notes\":"))) {
      assertThat(bad).isNotEqualTo(moved);
      assertMalformed(bad);
    }
  }

  @Test
  void aMovementGoesTheWayOfItsReasonAndACountHasEachProductOnce() throws Exception {
    StockMoved.Line in = new StockMoved.Line(Changes.PRODUCT, Quantity.ONE);
    StockMoved.Line out = new StockMoved.Line(Changes.PRODUCT, Quantity.ONE.negate());
    StockMoved.Line none = new StockMoved.Line(Changes.PRODUCT, Quantity.ZERO);
    for (StockMoved.Reason reason : StockMoved.Reason.values()) {
      assertThat(moved(reason, in).fits()).isEqualTo(reason.isInwards());
      assertThat(moved(reason, out).fits()).isNotEqualTo(reason.isInwards());
      assertThat(moved(reason, none).fits()).isFalse();
      assertThat(moved(reason, in, out).fits()).isFalse();
      assertThat(moved(reason).fits()).isFalse();
    }
    StockCounted.Line nothing = new StockCounted.Line(Changes.PRODUCT, Quantity.ZERO);
    StockCounted.Line less = new StockCounted.Line(Changes.STORE, Quantity.ONE.negate());
    assertThat(new StockCounted(Changes.STORE, List.of(nothing)).fits()).isTrue();
    assertThat(new StockCounted(Changes.STORE, List.of(nothing, nothing)).fits()).isFalse();
    assertThat(new StockCounted(Changes.STORE, List.of(less)).fits()).isFalse();
    assertThat(new StockCounted(Changes.STORE, List.of()).fits()).isFalse();
    Change empty = Changes.change(1, new StockCounted(Changes.STORE, List.of()));
    assertThat(decode(ChangeCodec.encode(empty))).isEqualTo(empty);
  }

  private static StockMoved moved(StockMoved.Reason reason, StockMoved.Line... lines) {
    return new StockMoved(Changes.STORE, reason, List.of(lines), "");
  }

  private static String text(ChangeBody body) {
    return new String(ChangeCodec.encode(Changes.change(1, body)), StandardCharsets.UTF_8);
  }

  @Test
  void theSameChangeAlwaysGivesTheSameBytes() {
    assertThat(sale()).isEqualTo(sale());
  }

  @Test
  void aPlainSaleStaysSmall() {
    assertThat(sale().length()).isLessThan(800);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"number\":7.5",
        "\"number\":\"7\"",
        "\"number\":0",
        "\"number\":-1",
        "\"number\":9223372036854775808",
        "\"number\":NaN",
        "\"number\":7,\"number\":7",
        "\"number\":null",
        "\"number\":7,\"extra\":1"
      })
  void aNumberThatIsNotOneIsRefused(String replacement) {
    assertMalformed(sale().replace("\"number\":7", replacement));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4998.0", "4.998e3", "\"4998\"", "9223372036854775808", "null", "true"})
  void moneyIsAnIntegerOrRefused(String amount) {
    assertMalformed(sale().replace("\"amount\":4998", "\"amount\":" + amount));
    assertMalformed(sale().replace("\"total\":4998", "\"total\":" + amount));
  }

  @Test
  void unknownFieldsDuplicateKeysAndTrailingBytesAreRefused() {
    assertMalformed(sale().replace("\"total\":", "\"totel\":1,\"total\":"));
    assertMalformed(sale().replace("\"total\":", "\"total\":1,\"total\":"));
    assertMalformed(sale() + "{}");
    assertMalformed(sale() + "x");
    assertMalformed(sale().substring(0, sale().length() - 1));
  }

  @Test
  void aLoneSurrogateIsRefused() {
    assertMalformed(sale().replace("Vodka", "\\ud800"));
  }

  @Test
  void nestingAndStringsHaveLimits() {
    assertMalformed(sale().replace("\"Vodka\"", "[".repeat(40) + "]".repeat(40)));
    assertMalformed(sale().replace("Vodka", "x".repeat(17_000)));
  }

  @Test
  void anIdHasOneSpelling() {
    String id = Changes.change(7, Changes.sale(7, List.of()).body()).id().toString();
    assertMalformed(sale().replace(id, id.toUpperCase(java.util.Locale.ROOT)));
    assertMalformed(sale().replace(id, "1-2-3-4-5"));
  }

  @Test
  void unknownTypesAndNewerVersionsAreNamed() {
    assertUnreadable(sale().replace("sale.completed", "sale.cancelled"), "unknown-type");
    assertUnreadable(sale().replace("\"version\":1", "\"version\":2"), "newer-version");
  }

  @Test
  void whatASaleNeedsFollowsFromItsLines() {
    SaleCompleted plain = sale(Changes.line(1, "1", 100));
    SaleCompleted returned = sale(Changes.line(1, "-1", -100));
    SaleCompleted open =
        sale(
            new SaleCompleted.Line(
                1, null, "9", "Bag", Quantity.parse("1"), null, null, 100, List.of()));
    SaleCompleted repriced =
        sale(
            new SaleCompleted.Line(
                1, UUID.randomUUID(), "9", "Bag", Quantity.parse("1"), 90L, 100L, 90, List.of()));
    assertThat(plain.requires()).containsExactly(PermissionKey.SALE_RING);
    assertThat(returned.requires()).contains(PermissionKey.SALE_RETURN);
    assertThat(open.requires()).contains(PermissionKey.SALE_OPEN_ITEM);
    assertThat(repriced.requires()).contains(PermissionKey.SALE_PRICE);
    assertThat(sale(cheaper()).requires())
        .contains(PermissionKey.SALE_DISCOUNT)
        .doesNotContain(PermissionKey.SALE_PRICE);
  }

  @Test
  void discountsNotesAndWhoAnsweredForThemComeThroughAsTheyWere() throws Exception {
    SaleCompleted plain = sale(cheaper());
    SaleCompleted sale =
        new SaleCompleted(
            plain.store(),
            plain.register(),
            plain.shift(),
            plain.receipt(),
            plain.businessDate(),
            plain.currency(),
            plain.lines(),
            plain.tenders(),
            plain.total(),
            plain.tax(),
            plain.rounding(),
            plain.change(),
            plain.voided(),
            null,
            List.of(),
            "wrapped as a present",
            List.of(new SaleCompleted.Agreed("sale.discount", Changes.ACTOR)),
            0);
    byte[] bytes = ChangeCodec.encode(Changes.change(1, sale));
    assertThat(ChangeCodec.decode(bytes, 0, bytes.length).body()).isEqualTo(sale);
    assertThat(sale.answering(PermissionKey.SALE_DISCOUNT)).containsExactly(Changes.ACTOR);
    assertThat(sale.answering(PermissionKey.SALE_PRICE)).isEmpty();
  }

  private static SaleCompleted.Line cheaper() {
    return new SaleCompleted.Line(
        1,
        Changes.PRODUCT,
        "9",
        "Bag",
        Quantity.parse("1"),
        100L,
        null,
        85,
        List.of(),
        null,
        List.of(
            new SaleCompleted.Off("Happy hour", "10", 10, false),
            new SaleCompleted.Off("Regular", null, 5, true)),
        "the blue one");
  }

  private static SaleCompleted sale(SaleCompleted.Line line) {
    return (SaleCompleted) Changes.sale(1, List.of(line)).body();
  }

  private static void assertMalformed(String json) {
    assertUnreadable(json, "malformed");
  }

  private static void assertUnreadable(String json, String code) {
    assertThatThrownBy(() -> decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            UnreadableChangeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
