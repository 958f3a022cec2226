package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Agreed;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Role;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.GrantSheet.Holder;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.tax.Tax;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// Long because the ground of a judgement has many sides.
/** By which right a change was made, and for how long. */
class WarrantTest {
  private static final Instant ISSUED = Instant.parse("2026-03-02T08:00:00Z");
  private static final UUID CASHIER = UUID.randomUUID();
  private static final UUID SUPERVISOR = UUID.randomUUID();
  private static final UUID SECOND = UUID.randomUUID();
  private static final UUID SHEET = UUID.randomUUID();
  private static final UUID DEVICE = UUID.randomUUID();

  private final Map<UUID, Ground.Person> now = new HashMap<>();
  private final Map<UUID, Instant> left = new HashMap<>();
  private final Map<UUID, GrantSheet> sheets = new HashMap<>();

  @BeforeEach
  void everybodyIsHere() {
    now.put(CASHIER, new Ground.Person("C", Role.CASHIER));
    now.put(SUPERVISOR, new Ground.Person("S", Role.SUPERVISOR));
    now.put(SECOND, new Ground.Person("T", Role.SUPERVISOR));
    sheets.put(
        SHEET,
        new GrantSheet(
            SHEET,
            UUID.randomUUID(),
            DEVICE,
            UUID.randomUUID(),
            "practice",
            ISSUED,
            ISSUED.plus(Duration.ofHours(24)),
            ISSUED.plus(Duration.ofHours(1)),
            ISSUED.plus(Duration.ofHours(8)),
            List.of(
                holder(CASHIER, Role.CASHIER),
                holder(SUPERVISOR, Role.SUPERVISOR),
                holder(SECOND, Role.SUPERVISOR))));
  }

  private static Holder holder(UUID person, Role role) {
    Map<String, String> permissions = new TreeMap<>();
    role.decisions().forEach((key, decision) -> permissions.put(key.key(), decision.name()));
    return new Holder(person, "P", role.name(), permissions);
  }

  private final class Known implements Ground {
    @Override
    public Optional<Person> person(UUID user) {
      return Optional.ofNullable(now.get(user));
    }

    @Override
    public Optional<GrantSheet> grant(UUID sheet) {
      return Optional.ofNullable(sheets.get(sheet));
    }

    @Override
    public Optional<Instant> left(UUID user) {
      return Optional.ofNullable(left.get(user));
    }

    @Override
    public boolean hasSale(UUID sale) {
      return false;
    }

    @Override
    public boolean hasShift(UUID shift) {
      return true;
    }

    @Override
    public boolean isShiftTaken(UUID shift) {
      return false;
    }

    @Override
    public Optional<Shift> shift(UUID shift) {
      return Optional.empty();
    }

    @Override
    public boolean isClosed(UUID shift) {
      return false;
    }

    @Override
    public Optional<Long> differenceLimit() {
      return Optional.empty();
    }

    @Override
    public Optional<ProductItem> sold(UUID product) {
      return Optional.empty();
    }

    @Override
    public int version(WrittenRules.Kind kind, UUID id) {
      return 0;
    }

    @Override
    public Optional<Promotion> promotion(UUID id, int version) {
      return Optional.empty();
    }

    @Override
    public Optional<CustomerTerms> terms(UUID customer, int version) {
      return Optional.empty();
    }

    @Override
    public long owed(UUID customer) {
      return 0;
    }

    @Override
    public long limit(UUID customer) {
      return 0;
    }

    @Override
    public Optional<Tax> tax(UUID rule) {
      return Optional.empty();
    }

    @Override
    public Optional<PriceList> priceList(UUID id, int version) {
      return Optional.empty();
    }

    @Override
    public Optional<Customer> customer(UUID customer) {
      return Optional.empty();
    }

    @Override
    public Handling handling(UUID product) {
      return Handling.NONE;
    }

    @Override
    public long emptiesPaid(UUID shift) {
      return 0;
    }

    @Override
    public GoodsSettings goods() {
      return GoodsSettings.USUAL;
    }

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public boolean hasMovement(UUID movement) {
      return false;
    }

    @Override
    public Optional<SoldLine> soldLine(SaleCompleted.Sold line) {
      return Optional.empty();
    }

    @Override
    public Optional<Original> original(UUID sale) {
      return Optional.empty();
    }

    @Override
    public Optional<ProductItem> product(UUID product) {
      return Optional.empty();
    }

    @Override
    public Optional<Question> question(VerdictResolved resolution) {
      return Optional.empty();
    }

    @Override
    public Credit credit(UUID account) {
      return Credit.NONE;
    }

    @Override
    public boolean wasLog(ShiftClosed.LogHead head) {
      return false;
    }

    @Override
    public boolean isCodeTaken(String opens) {
      return false;
    }

    @Override
    public Optional<Parked> parked(UUID basket) {
      return Optional.empty();
    }

    @Override
    public boolean hasStockEntry(UUID entry) {
      return false;
    }

    @Override
    public long putOn(UUID account, UUID sale) {
      return 0;
    }

    @Override
    public Optional<Instant> counted(UUID product) {
      return Optional.empty();
    }

    @Override
    public boolean hasProduct(UUID product) {
      return true;
    }

    @Override
    public long highestReceipt() {
      return 0;
    }

    @Override
    public boolean hasReceipt(long number) {
      return false;
    }

    @Override
    public Paying paying() {
      return Paying.USUAL;
    }
  }

  private Warrant sale(UUID actor, @Nullable UUID authority, Duration after) {
    return weighed(actor, null, authority, after, "1", null);
  }

  private Warrant goodsBack(UUID actor, @Nullable UUID approver, Duration after) {
    return weighed(actor, approver, SHEET, after, "-1", null);
  }

  private Warrant weighed(
      UUID actor,
      @Nullable UUID approver,
      @Nullable UUID authority,
      Duration after,
      String quantity,
      @Nullable Long listed,
      Agreed... agreed) {
    Line line =
        new Line(
            1,
            UUID.randomUUID(),
            "",
            "Gin",
            Quantity.parse(quantity),
            100L,
            listed,
            100,
            List.of());
    SaleCompleted body =
        new SaleCompleted(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            "R1-000001",
            LocalDate.of(2026, 3, 2),
            "USD",
            List.of(line),
            List.of(),
            100,
            0,
            0,
            0,
            List.of(),
            null,
            List.of(),
            "",
            List.of(agreed),
            0);
    return Warrant.of(
        new Change(
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            actor,
            approver,
            authority,
            ISSUED.plus(after),
            body),
        new Known());
  }

  private static Warrant given(String... flags) {
    return new Warrant.Given(List.of(flags));
  }

  private static Warrant missing(String code) {
    return new Warrant.Missing(code);
  }

  private void leave(UUID person, Duration after) {
    now.remove(person);
    left.put(person, ISSUED.plus(after));
  }

  @Test
  void withinTheLeaseEverythingIsAsItsSheetSays() {
    assertThat(sale(CASHIER, SHEET, Duration.ofHours(2))).isEqualTo(given());
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofMinutes(30))).isEqualTo(given());
    assertThat(goodsBack(CASHIER, SUPERVISOR, Duration.ofMinutes(30))).isEqualTo(given());
    assertThat(goodsBack(CASHIER, null, Duration.ofMinutes(30)))
        .isEqualTo(missing("not-permitted"));
  }

  @Test
  void whoAnsweredForAnActOnTheSpotStandsForThatActAlone() {
    Agreed word = new Agreed("sale.price", SUPERVISOR);
    assertThat(answered(CASHIER, Duration.ofMinutes(30), word)).isEqualTo(given());
    assertThat(answered(CASHIER, Duration.ofMinutes(30), new Agreed("sale.discount", SUPERVISOR)))
        .isEqualTo(missing("not-permitted"));
    assertThat(answered(CASHIER, Duration.ofMinutes(30), new Agreed("sale.price", CASHIER)))
        .isEqualTo(missing("not-permitted"));
    assertThat(
            answered(CASHIER, Duration.ofMinutes(30), new Agreed("sale.price", UUID.randomUUID())))
        .isEqualTo(missing("not-permitted"));
    // The lease asks for two people, whoever of them named the other.
    assertThat(answered(SUPERVISOR, Duration.ofHours(2), new Agreed("sale.price", SECOND)))
        .isEqualTo(given());
    assertThat(answered(SUPERVISOR, Duration.ofHours(2), word)).isEqualTo(given("lease-ended"));
  }

  private Warrant answered(UUID actor, Duration after, Agreed agreed) {
    return weighed(actor, null, SHEET, after, "1", 120L, agreed);
  }

  @Test
  void noWordWasGivenForGoodsThatComeBackWithoutAReceipt() {
    Agreed empties = new Agreed("sale.return", SUPERVISOR);
    Agreed price = new Agreed("sale.price", SUPERVISOR);
    Duration soon = Duration.ofMinutes(30);
    assertThat(weighed(CASHIER, null, SHEET, soon, "-1", null, empties))
        .isEqualTo(missing("not-permitted"));
    assertThat(weighed(CASHIER, null, SHEET, soon, "-1", 80L, empties, price))
        .isEqualTo(missing("not-permitted"));
    assertThat(weighed(CASHIER, SUPERVISOR, SHEET, soon, "-1", 80L, empties, price))
        .isEqualTo(given());
  }

  @Test
  void sellingOnAfterTheLeaseIsFlaggedAndCounts() {
    assertThat(sale(CASHIER, SHEET, Duration.ofHours(24).plusMinutes(1))).isEqualTo(given());
    assertThat(sale(CASHIER, SHEET, Duration.ofHours(25))).isEqualTo(given("lease-ended"));
    assertThat(sale(CASHIER, SHEET, Duration.ofDays(365))).isEqualTo(given("lease-ended"));
  }

  @Test
  void aReturnAfterTheLeaseTakesASecondPerson() {
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofHours(2))).isEqualTo(given("lease-ended"));
    assertThat(goodsBack(SUPERVISOR, SECOND, Duration.ofHours(2))).isEqualTo(given());
  }

  @Test
  void whatWasDoneBeforeLeavingCountsAsItDidThen() {
    leave(SUPERVISOR, Duration.ofMinutes(30));
    assertThat(sale(SUPERVISOR, SHEET, Duration.ofMinutes(20))).isEqualTo(given());
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofMinutes(20))).isEqualTo(given());
  }

  @Test
  void whoLeftSellsOnUnderAFlagAndTakesNothingBack() {
    leave(SUPERVISOR, Duration.ofMinutes(30));
    assertThat(sale(SUPERVISOR, SHEET, Duration.ofMinutes(40)))
        .isEqualTo(given("rights-withdrawn"));
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofMinutes(40)))
        .isEqualTo(missing("rights-withdrawn"));
    assertThat(sale(SUPERVISOR, SHEET, Duration.ofHours(30))).isEqualTo(given("rights-withdrawn"));
  }

  @Test
  void aClockSetBackBeforeTheSheetWasGivenOpensNothing() {
    leave(SUPERVISOR, Duration.ofMinutes(30));
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofHours(-5)))
        .isEqualTo(missing("rights-withdrawn"));
    assertThat(sale(SUPERVISOR, SHEET, Duration.ofHours(-5))).isEqualTo(given("rights-withdrawn"));
  }

  @Test
  void aSmallerRoleStopsOverridesAndFlagsSales() {
    now.put(SUPERVISOR, new Ground.Person("S", Role.ACCOUNTANT));
    assertThat(sale(SUPERVISOR, SHEET, Duration.ofMinutes(10)))
        .isEqualTo(given("rights-withdrawn"));
    assertThat(goodsBack(SUPERVISOR, null, Duration.ofMinutes(10)))
        .isEqualTo(missing("rights-withdrawn"));
  }

  @Test
  void anApprovalOfSomebodyWhoLeftIsOneOfBeforeOrNone() {
    leave(SUPERVISOR, Duration.ofMinutes(30));
    assertThat(goodsBack(CASHIER, SUPERVISOR, Duration.ofMinutes(40)))
        .isEqualTo(missing("rights-withdrawn"));
  }

  @Test
  void withoutASheetOnlyTheRightsOfNowCount() {
    assertThat(sale(CASHIER, null, Duration.ofHours(2))).isEqualTo(given());
    leave(CASHIER, Duration.ofHours(3));
    assertThat(sale(CASHIER, null, Duration.ofHours(2))).isEqualTo(missing("unknown-actor"));
  }

  @Test
  void aSheetThatIsNotThisDevicesHelpsNobody() {
    UUID foreign = UUID.randomUUID();
    assertThat(sale(CASHIER, foreign, Duration.ofHours(2))).isEqualTo(given("unknown-grant"));
    leave(CASHIER, Duration.ofHours(3));
    assertThat(sale(CASHIER, foreign, Duration.ofHours(2))).isEqualTo(missing("unknown-actor"));
  }

  @Test
  void whoIsOnNoSheetAndWorksNowhereIsNobody() {
    assertThat(sale(UUID.randomUUID(), SHEET, Duration.ofHours(1)))
        .isEqualTo(missing("unknown-actor"));
  }
}
