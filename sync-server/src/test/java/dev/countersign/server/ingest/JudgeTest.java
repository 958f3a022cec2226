package dev.countersign.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Role;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.GrantSheet;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.Tax;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

// Long because every reason for a verdict has its case.
class JudgeTest {
  private static final Instant RECEIVED = Instant.parse("2026-03-02T10:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final UUID STORE = UUID.randomUUID();
  private static final UUID REGISTER = UUID.randomUUID();
  private static final UUID SHIFT = UUID.randomUUID();
  private static final UUID PRODUCT = UUID.randomUUID();
  private static final SaleCompleted.Sold SOLD = new SaleCompleted.Sold(UUID.randomUUID(), 1);
  private static final ProductItem GIN =
      new ProductItem("1002", "Dry Gin", "Gin", "750 ml", 1550, List.of(), List.of());
  private static final UUID CASHIER = UUID.randomUUID();
  private static final UUID SUPERVISOR = UUID.randomUUID();

  /** What the server knows, as plain sets. */
  private static final class Known implements Ground {
    final Map<UUID, Person> persons = new HashMap<>();
    final Set<UUID> sales = new HashSet<>();
    final Map<UUID, Parked> parked = new HashMap<>();
    final Set<UUID> shifts = new HashSet<>(Set.of(SHIFT));
    final Set<UUID> othersShifts = new HashSet<>();
    final Set<UUID> products = new HashSet<>(Set.of(PRODUCT));
    final Set<Long> receipts = new HashSet<>();
    final Map<UUID, Shift> accounts = new HashMap<>();
    Map<Means, Long> cameIn = Map.of(Means.CASH, 900L);
    Map<Means, Long> given = Map.of();
    long highest = 4;
    long cashIncrement = 5;
    TenderRules rules = TenderRules.USUAL;

    @Override
    public Optional<Person> person(UUID user) {
      return Optional.ofNullable(persons.get(user));
    }

    @Override
    public Optional<GrantSheet> grant(UUID sheet) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> left(UUID user) {
      return Optional.empty();
    }

    @Override
    public boolean hasSale(UUID sale) {
      return sales.contains(sale);
    }

    @Override
    public boolean hasShift(UUID shift) {
      return shifts.contains(shift);
    }

    @Override
    public boolean isShiftTaken(UUID shift) {
      return shifts.contains(shift) || othersShifts.contains(shift);
    }

    @Override
    public Optional<Shift> shift(UUID shift) {
      return Optional.ofNullable(accounts.get(shift));
    }

    @Override
    public boolean isClosed(UUID shift) {
      return shift(shift).map(Shift::closed).orElse(false);
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
      return line.equals(SOLD)
          ? Optional.of(new SoldLine(PRODUCT, Quantity.ONE, 900, Quantity.ZERO, 0, 0))
          : Optional.empty();
    }

    @Override
    public Optional<Original> original(UUID sale) {
      return Optional.of(new Original("R1-000002", cameIn, given));
    }

    @Override
    public Optional<ProductItem> product(UUID product) {
      return product.equals(PRODUCT) ? Optional.of(GIN) : Optional.empty();
    }

    @Override
    public Optional<Question> question(VerdictResolved resolution) {
      return Optional.of(new Question(Verdict.FLAGGED, false, false, UUID.randomUUID()));
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
      return Optional.ofNullable(parked.get(basket));
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
      return products.contains(product);
    }

    @Override
    public long highestReceipt() {
      return highest;
    }

    @Override
    public boolean hasReceipt(long number) {
      return receipts.contains(number);
    }

    @Override
    public Paying paying() {
      return new Paying(cashIncrement, rules);
    }
  }

  private final Known known = new Known();
  private final Post post = new Post(STORE, REGISTER, "R1", "USD", null);
  private final Judge judge = new Judge();

  JudgeTest() {
    known.persons.put(CASHIER, new Ground.Person("C", Role.CASHIER));
    known.persons.put(SUPERVISOR, new Ground.Person("S", Role.SUPERVISOR));
  }

  @Test
  void aSaleInOrderIsAccepted() {
    assertThat(judged(sale())).isEqualTo(new Judgement(Verdict.ACCEPTED, ""));
  }

  @Test
  void aRevokedDevicesChangeIsQuarantinedWhateverItSays() {
    Post revoked = new Post(STORE, REGISTER, "R1", "USD", Judge.REVOKED);
    assertThat(judge.judge(change(CASHIER, null, sale()), revoked, known, RECEIVED))
        .isEqualTo(Judgement.quarantined("device-revoked"));
  }

  @Test
  void anUnknownActorIsQuarantined() {
    assertQuarantined(change(UUID.randomUUID(), null, sale()), "unknown-actor");
  }

  @Test
  void aRoleThatMayNotSellIsQuarantined() {
    known.persons.put(CASHIER, new Ground.Person("A", Role.ACCOUNTANT));
    assertQuarantined(change(CASHIER, null, sale()), "not-permitted");
  }

  @Test
  void aChangedPriceNeedsSomeoneWhoMayApproveIt() {
    Line line = line(PRODUCT, 900, 1000L, "1");
    SaleCompleted sale = sale(List.of(line), 900);
    assertQuarantined(change(CASHIER, null, sale), "not-permitted");
    assertQuarantined(change(CASHIER, UUID.randomUUID(), sale), "not-permitted");
    assertQuarantined(change(CASHIER, CASHIER, sale), "not-permitted");
    assertThat(judge.judge(change(CASHIER, SUPERVISOR, sale), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
    assertThat(judge.judge(change(SUPERVISOR, null, sale), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
  }

  /** The same decision as at the till and at the interface, for every act and every word on it. */
  @Test
  void everyActAtTheTillIsJudgedByTheOneDecision() {
    Map<ChangeBody, PermissionKey> acts = new LinkedHashMap<>();
    acts.put(new ShiftOpened(STORE, REGISTER, 1, DAY, "USD", 100), PermissionKey.SHIFT_OPEN);
    ShiftTally tally = new ShiftTally();
    tally.add(CASHIER, sale());
    ShiftFigures figures = tally.figures();
    acts.put(closed(figures, null), PermissionKey.SHIFT_CLOSE);
    acts.put(new DrawerOpened(STORE, REGISTER, SHIFT, "looked"), PermissionKey.DRAWER_OPEN);
    acts.put(
        new DrawerCounted(STORE, REGISTER, SHIFT, "USD", 5, List.of(), List.of(), false),
        PermissionKey.SHIFT_CLOSE);
    acts.put(new CashMoved(STORE, REGISTER, SHIFT, "USD", -500, "milk"), PermissionKey.CASH_MOVE);
    acts.put(sale(), PermissionKey.SALE_RING);
    acts.put(sale(List.of(line(null, 900, null, "1")), 900), PermissionKey.SALE_OPEN_ITEM);
    acts.put(sale(List.of(line(PRODUCT, 900, 1000L, "1")), 900), PermissionKey.SALE_PRICE);
    acts.put(withAge(sale()), PermissionKey.SALE_AGE);
    Off off = new Off("Happy hour", null, 100, false);
    Line cheaper =
        new Line(
            1,
            PRODUCT,
            "",
            "Gin",
            Quantity.ONE,
            1000L,
            null,
            900,
            List.of(),
            null,
            List.of(off),
            "");
    acts.put(sale(List.of(cheaper), 900), PermissionKey.SALE_DISCOUNT);
    acts.put(sale(List.of(refund("-1", -900)), -900), PermissionKey.SALE_REFUND);
    acts.put(sale(List.of(line(PRODUCT, -900, null, "-1")), -900), PermissionKey.SALE_RETURN);
    acts.put(new BasketVoided(STORE, REGISTER, SHIFT, "USD", 3, 999), PermissionKey.SALE_VOID);
    acts.put(
        new ProductChanged(List.of(new ProductChanged.Edit(Field.PRICE, "1550", "1500"))),
        PermissionKey.PRODUCT_EDIT);
    acts.put(
        new VerdictResolved(UUID.randomUUID(), 1, 1, Resolution.SEEN, ""),
        PermissionKey.VERDICT_RESOLVE);
    known.accounts.put(SHIFT, new Ground.Shift(UUID.randomUUID(), false, 500, figures));
    acts.forEach(
        (act, key) -> {
          for (Decision own : Decision.values()) {
            for (Decision second : Decision.values()) {
              known.persons.put(CASHIER, new Ground.Person("C", oneKey(key, own)));
              known.persons.put(SUPERVISOR, new Ground.Person("S", oneKey(key, second)));
              boolean permitted =
                  own == Decision.ALLOWED
                      || own == Decision.NEEDS_APPROVAL && second == Decision.ALLOWED;
              Judgement judgement = judge.judge(act(act), post, known, RECEIVED);
              assertThat(judgement)
                  .as("%s, %s, approved by %s", key, own, second)
                  .isEqualTo(
                      permitted ? Judgement.ACCEPTED : Judgement.quarantined("not-permitted"));
            }
          }
        });
  }

  /** The buyer was found old enough for something in it. */
  private static SaleCompleted withAge(SaleCompleted plain) {
    return with(plain, List.of(), new AgeCheck(18, AgeCheck.How.LOOKED));
  }

  private static SaleCompleted with(
      SaleCompleted plain, List<SaleCompleted.Agreed> agreed, AgeCheck age) {
    return new SaleCompleted(
        plain.store(),
        plain.register(),
        plain.shift(),
        plain.receipt(),
        plain.businessDate(),
        plain.currency(),
        plain.lines(),
        plain.tenders(),
        plain.total(),
        0,
        plain.change(),
        plain.rounding(),
        List.of(),
        null,
        List.of(),
        "",
        agreed,
        0,
        List.of(),
        null,
        age);
  }

  @Test
  void whoDecidedToSellPastADayTookPartInTheSale() {
    SaleCompleted plain = pastItsDay(CASHIER);
    assertThat(judged(plain)).isEqualTo(Judgement.ACCEPTED);
    SaleCompleted named = pastItsDay(SUPERVISOR);
    assertThat(judged(named)).isEqualTo(new Judgement(Verdict.FLAGGED, "sold-past-by-other"));
    assertThat(judge.judge(change(CASHIER, SUPERVISOR, named), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
    SaleCompleted.Agreed word =
        new SaleCompleted.Agreed(PermissionKey.SALE_DISCOUNT.key(), SUPERVISOR);
    assertThat(judged(with(named, List.of(word), null))).isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(with(pastItsDay(UUID.randomUUID()), List.of(word), null)).code())
        .isEqualTo("sold-past-by-other");
  }

  private static SaleCompleted pastItsDay(UUID by) {
    Line gin = line(PRODUCT, 1000, null, "1");
    Line past =
        new Line(
            gin.no(),
            gin.product(),
            gin.code(),
            gin.name(),
            gin.quantity(),
            gin.unit(),
            gin.listed(),
            gin.amount(),
            gin.taxes(),
            gin.refunds(),
            gin.off(),
            gin.note(),
            gin.returned(),
            gin.exempted(),
            LineFacts.NONE.sold(by, DAY.minusDays(1)));
    return sale(List.of(past), 1000);
  }

  /** It moves nothing, so nobody needs a right; but only at one's own register. */
  @Test
  void trainingIsAcceptedOfItsOwnPlaceAlone() {
    known.persons.put(CASHIER, new Ground.Person("C", Role.NONE));
    for (boolean begun : List.of(true, false)) {
      assertThat(
              judge.judge(act(new TrainingSwitched(STORE, REGISTER, begun)), post, known, RECEIVED))
          .isEqualTo(Judgement.ACCEPTED);
    }
    for (TrainingSwitched elsewhere :
        List.of(
            new TrainingSwitched(UUID.randomUUID(), REGISTER, true),
            new TrainingSwitched(STORE, UUID.randomUUID(), true))) {
      assertThat(judge.judge(act(elsewhere), post, known, RECEIVED))
          .isEqualTo(Judgement.quarantined("wrong-register"));
    }
  }

  /** Whoever sells may take a basket up, of their own store alone; a second time is looked at. */
  @Test
  void aParkedBasketIsTakenUpOnceAndInItsStore() {
    Change taken = act(new SaleRecalled(STORE, REGISTER));
    known.parked.put(taken.entity(), new Ground.Parked(STORE, true, false));
    assertThat(judge.judge(taken, post, known, RECEIVED)).isEqualTo(Judgement.ACCEPTED);
    known.parked.put(taken.entity(), new Ground.Parked(STORE, true, true));
    assertThat(judge.judge(taken, post, known, RECEIVED))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "recalled-twice"));
    known.parked.put(taken.entity(), new Ground.Parked(UUID.randomUUID(), true, false));
    assertThat(judge.judge(taken, post, known, RECEIVED))
        .isEqualTo(Judgement.quarantined("wrong-store"));
    known.parked.clear();
    assertThat(judge.judge(taken, post, known, RECEIVED))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "unknown-basket"));
    known.persons.put(CASHIER, new Ground.Person("C", Role.NONE));
    assertThat(judge.judge(taken, post, known, RECEIVED))
        .isEqualTo(Judgement.quarantined("not-permitted"));
  }

  /** Whoever works there may report, under any role, and a manager always looks at it. */
  @Test
  void aSuspicionIsNeverPlainlyAcceptedAndOnlyOfItsOwnPlace() {
    known.persons.put(CASHIER, new Ground.Person("C", Role.NONE));
    SuspicionReported report =
        new SuspicionReported(STORE, REGISTER, SuspicionReported.Kind.STRANGE_DEVICE, "a box");
    assertThat(judge.judge(act(report), post, known, RECEIVED))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "suspicion-reported"));
    for (SuspicionReported elsewhere :
        List.of(
            new SuspicionReported(
                UUID.randomUUID(), REGISTER, SuspicionReported.Kind.OTHER, "elsewhere"),
            new SuspicionReported(
                STORE, UUID.randomUUID(), SuspicionReported.Kind.OTHER, "elsewhere"),
            new SuspicionReported(STORE, null, SuspicionReported.Kind.OTHER, "no register"))) {
      assertThat(judge.judge(act(elsewhere), post, known, RECEIVED))
          .as(elsewhere.note())
          .isEqualTo(Judgement.quarantined("wrong-register"));
    }
    SuspicionReported card =
        new SuspicionReported(
            STORE, REGISTER, SuspicionReported.Kind.OTHER, "it shows 4242 4242 4242 4242");
    assertThat(judge.judge(act(card), post, known, RECEIVED))
        .isEqualTo(Judgement.quarantined("card-number"));
  }

  @Test
  void whatWasPaidByCardGoesBackInCashOnlyOnTheWordOfSomebodyWhoMay() {
    known.cameIn = Map.of(Means.CARD, 900L);
    SaleCompleted cash = sale(List.of(refund("-1", -900)), -900);
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.NEEDS_APPROVAL)));
    assertQuarantined(change(CASHIER, null, cash), "not-permitted");
    known.persons.put(SUPERVISOR, new Ground.Person("S", refunding(Decision.DENIED)));
    assertQuarantined(change(CASHIER, SUPERVISOR, cash), "not-permitted");
    known.persons.put(SUPERVISOR, new Ground.Person("S", refunding(Decision.ALLOWED)));
    assertThat(judge.judge(change(CASHIER, SUPERVISOR, cash), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
    List<Paid> card = List.of(new Paid(Means.CARD, -900, "", ""));
    SaleCompleted back = figures("USD", List.of(refund("-1", -900)), card, -900, 0, 0, 0);
    assertThat(judge.judge(change(CASHIER, null, back), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void whatWasPaidByTelephoneGoesBackByTelephoneWithoutAnothersWord() {
    known.cameIn = Map.of(Means.MOBILE_MONEY, 900L);
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.DENIED)));
    List<Paid> mobile = List.of(new Paid(Means.MOBILE_MONEY, -900, "MM-1", ""));
    SaleCompleted back = figures("USD", List.of(refund("-1", -900)), mobile, -900, 0, 0, 0);
    assertThat(judge.judge(change(CASHIER, null, back), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
    assertQuarantined(
        change(CASHIER, null, sale(List.of(refund("-1", -900)), -900)), "not-permitted");
  }

  @Test
  void whatAnotherTillGaveBackByTheSameMeansIsLookedAt() {
    known.given = Map.of(Means.CASH, 1L);
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.DENIED)));
    SaleCompleted cash = sale(List.of(refund("-1", -900)), -900);
    assertThat(judge.judge(change(CASHIER, null, cash), post, known, RECEIVED))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "refund-other-means"));
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.ALLOWED)));
    assertThat(judge.judge(change(CASHIER, null, cash), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void goodsWithoutAReceiptThatGaveMoreThanTheyCostAreLookedAt() {
    known.persons.put(CASHIER, new Ground.Person("C", Role.OWNER));
    for (Long unit : new Long[] {1_550L, 1_551L, null}) {
      long amount = unit == null ? -1_551 : -unit;
      Line back =
          new Line(
              1, PRODUCT, "", "Gin", Quantity.parse("-1"), unit, null, amount, List.of(), null);
      assertThat(judged(sale(List.of(back), amount)).code())
          .isEqualTo(amount == -1_550 ? "" : "return-price");
    }
    Line said =
        new Line(1, PRODUCT, "", "Gin", Quantity.parse("-1"), 1_600L, 1_550L, -1_600, List.of());
    assertThat(judged(sale(List.of(said), -1_600))).isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void anExchangeIsJudgedByWhatIsLeftOfIt() {
    known.cameIn = Map.of(Means.CARD, 900L);
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.DENIED)));
    List<Line> lines =
        List.of(
            refund("-1", -900),
            new Line(2, PRODUCT, "", "Gin", Quantity.ONE, 1000L, null, 1000, List.of()));
    List<Paid> cash = List.of(new Paid(Means.CASH, 100, "", ""));
    assertThat(judged(figures("USD", lines, cash, 100, 0, 0, 0))).isEqualTo(Judgement.ACCEPTED);
    List<Line> even =
        List.of(
            refund("-1", -900),
            new Line(2, PRODUCT, "", "Gin", Quantity.ONE, 900L, null, 900, List.of()));
    assertThat(judged(figures("USD", even, List.of(), 0, 0, 0, 0))).isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void whatIsSaidOfGoodsThatComeBackHasToBeSo() {
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.DENIED)));
    assertThat(judged(said("-1", SOLD, "R1-000002"))).isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(said("-1", SOLD, "R1-000003")).code()).isEqualTo("original-unknown");
    known.persons.put(CASHIER, new Ground.Person("C", Role.OWNER));
    assertThat(judged(said("-1", null, ""))).isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(said("-1", null, "R1-000002")).code()).isEqualTo("sums-do-not-agree");
    assertThat(judged(said("1", null, "")).code()).isEqualTo("sums-do-not-agree");
    Line typed = said("-1", null, "").lines().getFirst();
    Line card =
        new Line(
            1,
            PRODUCT,
            "",
            "Gin",
            typed.quantity(),
            900L,
            null,
            -900,
            List.of(),
            null,
            List.of(),
            "",
            new SaleCompleted.Returned("4111 1111 1111 1111", ""));
    assertThat(judged(sale(List.of(card), -900)).code()).isEqualTo("card-number");
  }

  private static SaleCompleted said(String quantity, SaleCompleted.Sold sold, String receipt) {
    Quantity pieces = Quantity.parse(quantity);
    long amount = pieces.isNegative() ? -900 : 900;
    Line line =
        new Line(
            1,
            PRODUCT,
            "",
            "Gin",
            pieces,
            900L,
            null,
            amount,
            List.of(),
            sold,
            List.of(),
            "",
            new SaleCompleted.Returned("damaged", receipt));
    return sale(List.of(line), amount);
  }

  /** May ring up and refund, and has this word on giving money back another way. */
  private static Role refunding(Decision otherMeans) {
    return new Role(
        "refunding",
        Map.of(
            PermissionKey.SALE_RING, Decision.ALLOWED,
            PermissionKey.SALE_REFUND, Decision.ALLOWED,
            PermissionKey.SALE_REFUND_MEANS, otherMeans));
  }

  /** A drawer of which 100 are missing. */
  private static ShiftClosed closed(ShiftFigures figures, Long limit) {
    long cash = 500 + figures.cash();
    return new ShiftClosed(
        STORE,
        REGISTER,
        1,
        DAY,
        "USD",
        figures.sales(),
        figures.total(),
        cash,
        cash - 100,
        List.of(),
        List.of(),
        limit,
        figures,
        null);
  }

  @Test
  void aDifferenceAboveTheLimitAndASecondCountAreAskedForOnlyThen() {
    assertThat(closed(ShiftFigures.NONE, 100L).requires())
        .containsExactly(PermissionKey.SHIFT_CLOSE);
    assertThat(closed(ShiftFigures.NONE, 99L).requires())
        .containsExactlyInAnyOrder(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE);
    assertThat(
            new DrawerCounted(STORE, REGISTER, SHIFT, "USD", 5, List.of(), List.of(), true)
                .requires())
        .containsExactlyInAnyOrder(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE);
  }

  /** They are added up for the shift: a sum that overflows would stop the whole batch. */
  @Test
  void figuresOfAnySizeInWhatWasThrownAwayStopNoBatch() {
    for (long absurd : List.of(Long.MAX_VALUE, Long.MIN_VALUE)) {
      var basket = new BasketVoided(STORE, REGISTER, SHIFT, "USD", 1, absurd);
      assertThat(judge.judge(act(basket), post, known, RECEIVED))
          .isEqualTo(Judgement.quarantined("amount-out-of-range"));
      SaleCompleted sale = sale();
      SaleCompleted struck =
          new SaleCompleted(
              sale.store(),
              sale.register(),
              sale.shift(),
              sale.receipt(),
              sale.businessDate(),
              sale.currency(),
              sale.lines(),
              sale.tenders(),
              sale.total(),
              sale.tax(),
              sale.rounding(),
              sale.change(),
              List.of(line(PRODUCT, absurd, null, "1")),
              null);
      assertThat(judge.judge(act(struck), post, known, RECEIVED))
          .isEqualTo(Judgement.quarantined("amount-out-of-range"));
    }
  }

  private static Change act(ChangeBody body) {
    UUID entity =
        switch (body) {
          case ShiftClosed _ -> SHIFT;
          case ProductChanged _ -> PRODUCT;
          default -> UUID.randomUUID();
        };
    return new Change(UUID.randomUUID(), 1, entity, CASHIER, SUPERVISOR, RECEIVED, body);
  }

  /** May ring up, and has this word on one act. */
  private static Role oneKey(PermissionKey key, Decision decision) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    decisions.put(PermissionKey.SALE_RING, Decision.ALLOWED);
    decisions.put(key, decision);
    return new Role("one", decisions);
  }

  @Test
  void openItemsAndReturnsNeedApproval() {
    assertQuarantined(
        change(CASHIER, null, sale(List.of(line(null, 900, null, "1")), 900)), "not-permitted");
    assertQuarantined(
        change(CASHIER, null, sale(List.of(line(PRODUCT, -900, null, "-1")), -900)),
        "not-permitted");
  }

  @Test
  void anotherStoreOrRegisterIsQuarantined() {
    assertQuarantined(change(CASHIER, null, at(UUID.randomUUID(), REGISTER)), "wrong-register");
    assertQuarantined(change(CASHIER, null, at(STORE, UUID.randomUUID())), "wrong-register");
    Post office = new Post(STORE, null, "R1", "USD", null);
    assertThat(judge.judge(change(CASHIER, null, sale()), office, known, RECEIVED))
        .isEqualTo(Judgement.quarantined("wrong-register"));
  }

  @Test
  void cashRoundingIsPartOfTheSum() {
    List<Line> lines = List.of(line(PRODUCT, 1002, null, "1"));
    List<Paid> paid = List.of(new Paid(Means.CASH, 1000, "", ""));
    assertThat(judged(figures("USD", lines, paid, 1002, 0, -2, 0))).isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void aRoundingBeyondTheSmallestCoinIsLookedAt() {
    List<Line> lines = List.of(line(PRODUCT, 100_000, null, "1"));
    List<Paid> next = List.of(new Paid(Means.CASH, 0, "", ""));
    assertThat(judged(figures("USD", lines, next, 100_000, 0, -100_000, 0)))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "rounding"));
    known.cashIncrement = 0;
    List<Paid> paid = List.of(new Paid(Means.CASH, 99_999, "", ""));
    assertThat(judged(figures("USD", lines, paid, 100_000, 0, -1, 0)).code()).isEqualTo("rounding");
  }

  @Test
  void whatTheStoreDoesNotTakeIsLookedAt() {
    List<Line> lines = List.of(line(PRODUCT, 1000, null, "1"));
    List<Paid> paid = List.of(new Paid(Means.MOBILE_MONEY, 1000, "MM-1", ""));
    assertThat(judged(figures("USD", lines, paid, 1000, 0, 0, 0))).isEqualTo(Judgement.ACCEPTED);
    known.rules = new TenderRules(Set.of(TenderKind.CARD), Set.of());
    assertThat(judged(figures("USD", lines, paid, 1000, 0, 0, 0)))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "tender-not-taken"));
  }

  /** A setting says what comes in; what was paid before it changed goes back. */
  @Test
  void moneyGoesBackTheWayThatTheStoreTakesNoMore() {
    known.rules = new TenderRules(Set.of(TenderKind.CASH, TenderKind.VOUCHER), Set.of());
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.ALLOWED)));
    for (Means means : List.of(Means.MOBILE_MONEY, Means.CARD)) {
      known.cameIn = Map.of(means, 900L);
      List<Paid> paid = List.of(new Paid(means, -900, "88 213", ""));
      assertThat(judged(figures("USD", List.of(refund("-1", -900)), paid, -900, 0, 0, 0)))
          .as(means.name())
          .isEqualTo(Judgement.ACCEPTED);
    }
    List<Line> dearer =
        List.of(
            refund("-1", -900),
            new Line(2, PRODUCT, "", "Gin", Quantity.ONE, 1000L, null, 1000, List.of()));
    List<Paid> card = List.of(new Paid(Means.CARD, 100, "88 213", ""));
    assertThat(judged(figures("USD", dearer, card, 100, 0, 0, 0)))
        .as("an exchange that is paid for")
        .isEqualTo(new Judgement(Verdict.FLAGGED, "tender-not-taken"));
  }

  @Test
  void aVouchersMoneyInCashTakesTheRightForOtherMeansWhereverItIsPaid() {
    known.rules = new TenderRules(Set.of(TenderKind.CASH, TenderKind.VOUCHER), Set.of());
    known.cameIn = Map.of(Means.VOUCHER, 900L);
    SaleCompleted cash = sale(List.of(refund("-1", -900)), -900);
    known.persons.put(CASHIER, new Ground.Person("C", refunding(Decision.NEEDS_APPROVAL)));
    assertQuarantined(change(CASHIER, null, cash), "not-permitted");
    known.persons.put(SUPERVISOR, new Ground.Person("S", refunding(Decision.ALLOWED)));
    assertThat(judge.judge(change(CASHIER, SUPERVISOR, cash), post, known, RECEIVED))
        .isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void changeOfAVoucherIsGivenWhereTheStoreGivesIt() {
    List<Line> lines = List.of(line(PRODUCT, 1000, null, "1"));
    List<Paid> paid = List.of(new Paid(Means.VOUCHER, 1500, "V-1", ""));
    assertThat(judged(figures("USD", lines, paid, 1000, 0, 0, 500)))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "change-not-given"));
    known.rules =
        new TenderRules(TenderRules.USUAL.taken(), Set.of(TenderKind.VOUCHER, TenderKind.CARD));
    assertThat(judged(figures("USD", lines, paid, 1000, 0, 0, 500))).isEqualTo(Judgement.ACCEPTED);
  }

  @Test
  void aTipLargerThanTheSaleIsLookedAt() {
    assertThat(judged(tipped(1000, 1000))).isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(tipped(1000, 1001))).isEqualTo(new Judgement(Verdict.FLAGGED, "tip-large"));
  }

  private static SaleCompleted tipped(long total, long tip) {
    SaleCompleted sale = sale(List.of(line(PRODUCT, total, null, "1")), total);
    return new SaleCompleted(
        STORE,
        REGISTER,
        SHIFT,
        "R1-000005",
        DAY,
        "USD",
        sale.lines(),
        List.of(new Paid(Means.CARD, total + tip, "", "")),
        total,
        0,
        0,
        0,
        List.of(),
        null,
        List.of(),
        "",
        List.of(),
        tip);
  }

  @Test
  void aPaymentThatWentBackIsRecordedAndOneThatNobodyConfirmsIsLookedAt() {
    assertThat(judged(returned("USD", 500, PaymentReturned.How.HANDED_BACK)))
        .isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(returned("USD", 500, PaymentReturned.How.NOT_CHARGED)))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "payment-unconfirmed"));
    assertThat(judged(returned("USD", 500, PaymentReturned.How.NOT_REFUNDED)))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "refund-unconfirmed"));
    assertThat(judged(returned("EUR", 500, PaymentReturned.How.REVERSED)).code())
        .isEqualTo("sums-do-not-agree");
    assertThat(judged(returned("USD", 0, PaymentReturned.How.REVERSED)).code())
        .isEqualTo("sums-do-not-agree");
    assertThat(judged(returned("USD", Long.MAX_VALUE, PaymentReturned.How.REVERSED)).code())
        .isEqualTo("amount-out-of-range");
    PaymentReturned elsewhere =
        new PaymentReturned(
            STORE,
            UUID.randomUUID(),
            SHIFT,
            "USD",
            Means.CASH,
            1,
            "",
            PaymentReturned.How.HANDED_BACK);
    assertThat(judged(elsewhere).code()).isEqualTo("wrong-register");
  }

  private static PaymentReturned returned(String currency, long amount, PaymentReturned.How how) {
    return new PaymentReturned(STORE, REGISTER, SHIFT, currency, Means.CARD, amount, "88 213", how);
  }

  @Test
  void aTimeThatNoClockShowsIsMalformed() {
    Change beyond =
        new Change(UUID.randomUUID(), 1, UUID.randomUUID(), CASHIER, null, Instant.MAX, sale());
    assertQuarantined(beyond, "malformed");
    assertThat(judged(new ShiftOpened(STORE, REGISTER, 1, LocalDate.MAX, "USD", 0)).code())
        .isEqualTo("malformed");
    Instant dead = Instant.parse("1969-12-31T18:00:00Z");
    Change unset = new Change(UUID.randomUUID(), 1, UUID.randomUUID(), CASHIER, null, dead, sale());
    assertThat(judge.judge(unset, post, known, RECEIVED).code()).isEqualTo("old");
  }

  @Test
  void aSaleSeenBeforeIsADuplicate() {
    Change change = change(CASHIER, null, sale());
    known.sales.add(change.entity());
    assertQuarantined(change, "duplicate");
  }

  @Test
  void aReceiptOfAnotherSeriesIsQuarantined() {
    assertThat(judged(receipt("R2-000005")).code()).isEqualTo("receipt-series");
    assertThat(judged(receipt("5")).code()).isEqualTo("receipt-series");
    assertThat(judged(receipt("R1-5")).code()).isEqualTo("receipt-series");
  }

  @Test
  void aReceiptNumberIsUsedOnce() {
    known.receipts.add(4L);
    assertThat(judged(receipt("R1-000004")).code()).isEqualTo("receipt-used");
  }

  @Test
  void aSkippedReceiptNumberIsFlaggedAndCounts() {
    Judgement judgement = judged(receipt("R1-000006"));
    assertThat(judgement).isEqualTo(new Judgement(Verdict.FLAGGED, "receipt-gap"));
    assertThat(judgement.counts()).isTrue();
    assertThat(judged(receipt("R1-000003")))
        .isEqualTo(new Judgement(Verdict.FLAGGED, "receipt-late"));
  }

  @Test
  void aSaleWithoutItsShiftIsFlagged() {
    known.shifts.clear();
    assertThat(judged(sale())).isEqualTo(new Judgement(Verdict.FLAGGED, "no-shift"));
  }

  @Test
  void aClockIsNeverAReasonToRefuse() {
    assertThat(at(Duration.ofMinutes(2))).isEqualTo(Judgement.ACCEPTED);
    assertThat(at(Duration.ofSeconds(121)).code()).isEqualTo("clock-ahead");
    assertThat(at(Duration.ofDays(3650)).verdict()).isEqualTo(Verdict.FLAGGED);
    assertThat(at(Duration.ofDays(-7))).isEqualTo(Judgement.ACCEPTED);
    assertThat(at(Duration.ofDays(-7).minusSeconds(1)).code()).isEqualTo("old");
  }

  @Test
  void anUnknownProductIsFlagged() {
    known.products.clear();
    assertThat(judged(sale())).isEqualTo(new Judgement(Verdict.FLAGGED, "unknown-product"));
  }

  @Test
  void everyReasonToLookIsNamed() {
    known.products.clear();
    known.shifts.clear();
    assertThat(judged(receipt("R1-000009")).code())
        .isEqualTo("receipt-gap,no-shift,unknown-product");
  }

  @Test
  void aShiftIsOpenedOnceOnItsOwnRegister() {
    ShiftOpened opened = new ShiftOpened(STORE, REGISTER, 1, DAY, "USD", 100);
    assertThat(judged(opened)).isEqualTo(Judgement.ACCEPTED);
    Change again = new Change(UUID.randomUUID(), 1, SHIFT, CASHIER, null, RECEIVED, opened);
    assertQuarantined(again, "duplicate");
    assertThat(judged(new ShiftOpened(STORE, UUID.randomUUID(), 1, DAY, "USD", 1)).code())
        .isEqualTo("wrong-register");
    assertThat(judged(new ShiftOpened(STORE, REGISTER, 1, DAY, "USD", -1)).code())
        .isEqualTo("sums-do-not-agree");
    assertThat(judged(new ShiftOpened(STORE, REGISTER, 1, DAY, "EUR", 1)).code())
        .isEqualTo("sums-do-not-agree");
  }

  @Test
  void aThrownAwayBasketLeavesATrace() {
    assertThat(judged(new BasketVoided(STORE, REGISTER, SHIFT, "USD", 3, 999)))
        .isEqualTo(Judgement.ACCEPTED);
    assertThat(judged(new BasketVoided(STORE, REGISTER, UUID.randomUUID(), "USD", 3, 9)).code())
        .isEqualTo("no-shift");
    assertThat(judged(new BasketVoided(UUID.randomUUID(), REGISTER, SHIFT, "USD", 3, 9)).code())
        .isEqualTo("wrong-register");
  }

  private Judgement judged(ChangeBody body) {
    return judge.judge(change(CASHIER, null, body), post, known, RECEIVED);
  }

  private Judgement at(Duration afterReceived) {
    Change change =
        new Change(
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            CASHIER,
            null,
            RECEIVED.plus(afterReceived),
            sale());
    return judge.judge(change, post, known, RECEIVED);
  }

  private void assertQuarantined(Change change, String code) {
    assertThat(judge.judge(change, post, known, RECEIVED))
        .isEqualTo(new Judgement(Verdict.QUARANTINED, code));
  }

  private static Change change(UUID actor, UUID approver, ChangeBody body) {
    return new Change(UUID.randomUUID(), 1, UUID.randomUUID(), actor, approver, RECEIVED, body);
  }

  private static Line line(UUID product, long amount, Long listed, String quantity) {
    return new Line(
        1,
        product,
        "",
        "Gin",
        Quantity.parse(quantity),
        Math.abs(amount),
        listed,
        amount,
        List.of());
  }

  private static Line refund(String quantity, long amount) {
    return new Line(
        1, PRODUCT, "", "Gin", Quantity.parse(quantity), 900L, null, amount, List.of(), SOLD);
  }

  private static SaleCompleted sale() {
    return sale(List.of(line(PRODUCT, 1000, null, "1")), 1000);
  }

  private static SaleCompleted sale(List<Line> lines, long total) {
    return figures("USD", lines, List.of(new Paid(Means.CASH, total, "", "")), total, 0, 0, 0);
  }

  private static SaleCompleted figures(
      String currency,
      List<Line> lines,
      List<Paid> paid,
      long total,
      long tax,
      long rounding,
      long change) {
    return new SaleCompleted(
        STORE,
        REGISTER,
        SHIFT,
        "R1-000005",
        DAY,
        currency,
        lines,
        paid,
        total,
        tax,
        rounding,
        change,
        List.of(),
        null);
  }

  private static SaleCompleted receipt(String text) {
    SaleCompleted sale = sale();
    return new SaleCompleted(
        STORE,
        REGISTER,
        SHIFT,
        text,
        DAY,
        "USD",
        sale.lines(),
        sale.tenders(),
        1000,
        0,
        0,
        0,
        List.of(),
        null);
  }

  private static SaleCompleted at(UUID store, UUID register) {
    SaleCompleted sale = sale();
    return new SaleCompleted(
        store,
        register,
        SHIFT,
        "R1-000005",
        DAY,
        "USD",
        sale.lines(),
        sale.tenders(),
        1000,
        0,
        0,
        0,
        List.of(),
        null);
  }
}
