package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.CASHIER;
import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static dev.countersign.client.ledger.TillFixture.USD;
import static dev.countersign.client.ledger.TillFixture.each;
import static dev.countersign.client.ledger.TillFixture.rum;
import static dev.countersign.common.permission.Decision.ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.flow.Approving;
import dev.countersign.client.flow.OpeningShift;
import dev.countersign.client.flow.Paying;
import dev.countersign.client.flow.Running;
import dev.countersign.client.flow.Selling;
import dev.countersign.client.flow.Unlocking;
import dev.countersign.client.keys.Pin;
import dev.countersign.client.keys.ShareSource;
import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.catalogue.BarcodeRules;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.change.DrawerCounted;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.ShiftClosed;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.change.SuspicionReported;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.change.TrainingSwitched;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.Decision;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.UserItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.AccountTender;
import dev.countersign.common.sale.AgeCheck;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sale.Discount;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.SaleHours;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// Long because the list of every act at the till stands beside the matrix that is made of it.
/**
 * Every act at the till, every key, every decision, alone and with a second person of every
 * decision: what is recorded is what the one decision function says, on a real encrypted store.
 */
class TillRightsTest {
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final Money FLOAT = Money.of(10_000, USD);
  private static final UUID IN_THE_STORE = UUID.fromString("019c0000-0000-7000-8000-0000000000aa");
  private static final Question QUESTION =
      new Question(
          IN_THE_STORE,
          "Register 1",
          1,
          1,
          "sale.completed",
          Verdict.FLAGGED,
          "old",
          NOON,
          NOON,
          "",
          "",
          null,
          List.of(),
          false,
          null,
          false);
  private static final OpenPayment NOTHING_PAID = OpenPayment.none(Money.zero(USD));
  private static final LineItem CORKSCREW =
      new LineItem(null, "", "Corkscrew", "", List.of(TillFixture.VAT));

  /** Keys that open nothing at a till: their acts are in the office and at the server. */
  private static final Set<PermissionKey> ELSEWHERE =
      EnumSet.of(
          PermissionKey.HARDWARE_EDIT,
          PermissionKey.OFFICE_OPEN,
          PermissionKey.USER_MANAGE,
          PermissionKey.ROLE_EDIT,
          PermissionKey.KEY_MANAGE,
          PermissionKey.ACCESS_REVIEW,
          PermissionKey.SUPPORT_GRANT,
          PermissionKey.DEVICE_MANAGE,
          PermissionKey.AUDIT_READ,
          PermissionKey.EXPORT_RUN,
          PermissionKey.SETTINGS_EDIT);

  /** What the ledger keeps for nobody in particular; it becomes a fact by an act of the list. */
  private static final Set<String> UNGUARDED = Set.of("keepOlder", "saveDraft", "keepPayment");

  /** Asks what {@code complete} asks, in the same words, and records nothing. */
  private static final String ASKING = "requireComplete";

  /** What only tells something. */
  private static final Set<String> READING =
      Set.of(
          ASKING,
          "enrolled",
          "customers",
          "owed",
          "emptiesPaid",
          "deals",
          "addListener",
          "removeListener",
          "currentShift",
          "draft",
          "kept",
          "refundable",
          "goods",
          "knownTime",
          "soldBefore",
          "told",
          "shiftReport",
          "closedReport",
          "lastReport");

  @FunctionalInterface
  private interface Doing {
    void by(OpenDevice till, Actor actor);
  }

  /**
   * Something that is recorded.
   *
   * @param method of the ledger
   * @param fact what it leaves behind
   * @param keys all that it asks for
   */
  private record Act(
      String method, Class<? extends ChangeBody> fact, Set<PermissionKey> keys, Doing doing) {
    @Override
    public String toString() {
      return method + keys;
    }
  }

  private static final List<Act> ACTS =
      List.of(
          new Act(
              "openShift",
              ShiftOpened.class,
              Set.of(PermissionKey.SHIFT_OPEN),
              (till, actor) -> till.ledger().openShift(actor, DAY, FLOAT)),
          new Act(
              "openShift",
              ShiftOpened.class,
              Set.of(PermissionKey.SHIFT_OPEN),
              (till, actor) ->
                  new OpeningShift(till.ledger(), CLOCK)
                      .open(actor.user(), actor.approver(), FLOAT)),
          new Act(
              "closeShift",
              ShiftClosed.class,
              Set.of(PermissionKey.SHIFT_CLOSE),
              (till, actor) -> {
                till.ledger().saveDraft(Basket.empty(USD));
                till.ledger().closeShift(actor, FLOAT);
              }),
          new Act(
              "moveCash",
              CashMoved.class,
              Set.of(PermissionKey.CASH_MOVE),
              (till, actor) ->
                  till.ledger().moveCash(actor, Money.of(-500, USD), "window cleaner")),
          new Act(
              "openDrawer",
              DrawerOpened.class,
              Set.of(PermissionKey.DRAWER_OPEN),
              (till, actor) -> till.ledger().openDrawer(actor, "a note changed")),
          new Act(
              "countDrawer",
              DrawerCounted.class,
              Set.of(PermissionKey.SHIFT_CLOSE),
              TillRightsTest::counted),
          new Act(
              "countDrawer",
              DrawerCounted.class,
              Set.of(PermissionKey.SHIFT_CLOSE, PermissionKey.SHIFT_DIFFERENCE),
              TillRightsTest::counted),
          new Act(
              "refund",
              SaleCompleted.class,
              Set.of(PermissionKey.SALE_RING, PermissionKey.SALE_REFUND),
              (till, actor) -> till.ledger().refund(actor, oneBack(till, CashTender::new))),
          new Act(
              "refund",
              SaleCompleted.class,
              Set.of(
                  PermissionKey.SALE_RING,
                  PermissionKey.SALE_REFUND,
                  PermissionKey.SALE_REFUND_MEANS),
              (till, actor) ->
                  till.ledger().refund(actor, oneBack(till, due -> new CardTender(due, "", "")))),
          new Act(
              "giveCredit",
              CreditIssued.class,
              Set.of(PermissionKey.CREDIT_ISSUE),
              (till, actor) -> till.ledger().giveCredit(actor, Money.of(500, USD))),
          new Act(
              "givePaymentBack",
              PaymentReturned.class,
              Set.of(PermissionKey.SALE_RING),
              (till, actor) ->
                  till.ledger()
                      .givePaymentBack(
                          actor,
                          TillFixture.basket(),
                          new CashTender(FLOAT),
                          PaymentReturned.How.HANDED_BACK,
                          NOTHING_PAID)),
          new Act(
              "sayNotCharged",
              PaymentReturned.class,
              Set.of(PermissionKey.SALE_RING),
              (till, actor) ->
                  till.ledger()
                      .sayNotCharged(
                          actor,
                          TillFixture.basket(),
                          OpenPayment.Asked.charge(IN_THE_STORE, FLOAT),
                          NOTHING_PAID)),
          new Act(
              "addCustomer",
              CustomerAdded.class,
              Set.of(PermissionKey.CUSTOMER_EDIT),
              (till, actor) -> till.ledger().addCustomer(actor, CustomersTest.ADA)),
          new Act(
              "changeCustomer",
              CustomerChanged.class,
              Set.of(PermissionKey.CUSTOMER_EDIT),
              (till, actor) ->
                  till.ledger()
                      .changeCustomer(actor, CustomersTest.known(till), CustomersTest.ADA)),
          new Act(
              "grantTerms",
              CustomerTermsWritten.class,
              Set.of(PermissionKey.CUSTOMER_TERMS),
              (till, actor) ->
                  till.ledger()
                      .grantTerms(
                          actor,
                          CustomersTest.known(till),
                          new CustomerTerms(1, null, "Charity 12", 50_00))),
          new Act(
              "complete",
              SaleCompleted.class,
              Set.of(PermissionKey.SALE_RING, PermissionKey.ACCOUNT_EXCEED),
              (till, actor) ->
                  till.ledger()
                      .complete(
                          actor,
                          TillFixture.draft(
                              TillFixture.basket(),
                              List.of(
                                  new AccountTender(
                                      Pricing.price(TillFixture.basket(), TaxRounding.perLine(USD))
                                          .total(),
                                      CustomersTest.known(till))),
                              null))),
          new Act(
              "writePromotion",
              PromotionWritten.class,
              Set.of(PermissionKey.PROMOTION_EDIT),
              (till, actor) ->
                  till.ledger().writePromotion(actor, UUID.randomUUID(), DealsTest.tenth(1))),
          new Act(
              "writePriceList",
              PriceListWritten.class,
              Set.of(PermissionKey.PRODUCT_EDIT),
              (till, actor) ->
                  till.ledger().writePriceList(actor, UUID.randomUUID(), DealsTest.staff(1))),
          new Act(
              "writeTax",
              TaxWritten.class,
              Set.of(PermissionKey.TAX_EDIT),
              (till, actor) ->
                  till.ledger()
                      .writeTax(
                          actor,
                          UUID.randomUUID(),
                          Tax.since(
                              "Levy " + till.outbox().state().waiting(),
                              TaxRule.Kind.PERCENT,
                              BigDecimal.TEN,
                              true,
                              false,
                              true),
                          LocalDate.EPOCH)),
          new Act(
              "editProduct",
              ProductChanged.class,
              Set.of(PermissionKey.PRODUCT_EDIT),
              (till, actor) ->
                  till.ledger()
                      .editProduct(
                          actor,
                          TillFixture.GIN,
                          Map.of(
                              ProductChanged.Field.SIZE,
                              Long.toString(till.outbox().state().waiting())))),
          new Act(
              "moveStock",
              StockMoved.class,
              Set.of(PermissionKey.STOCK_EDIT),
              (till, actor) ->
                  till.ledger()
                      .moveStock(
                          actor,
                          StockMoved.Reason.RECEIVED,
                          Map.of(TillFixture.GIN, Quantity.ONE),
                          "a case")),
          new Act(
              "countStock",
              StockCounted.class,
              Set.of(PermissionKey.STOCK_EDIT),
              (till, actor) ->
                  till.ledger().countStock(actor, Map.of(TillFixture.GIN, Quantity.ONE))),
          new Act(
              "decide",
              VerdictResolved.class,
              Set.of(PermissionKey.VERDICT_RESOLVE),
              (till, actor) -> till.ledger().decide(actor, QUESTION, Resolution.SEEN, "")),
          sold(TillFixture.basket(), PermissionKey.SALE_RING),
          paid(TillFixture.basket(), PermissionKey.SALE_RING),
          sold(of(CORKSCREW, 1, 500), PermissionKey.SALE_RING, PermissionKey.SALE_OPEN_ITEM),
          paid(of(CORKSCREW, 1, 500), PermissionKey.SALE_RING, PermissionKey.SALE_OPEN_ITEM),
          sold(of(rum(), 1, 1), PermissionKey.SALE_RING, PermissionKey.SALE_PRICE),
          paid(of(rum(), 1, 1), PermissionKey.SALE_RING, PermissionKey.SALE_PRICE),
          sold(lessTenth(), PermissionKey.SALE_RING, PermissionKey.SALE_DISCOUNT),
          paid(lessTenth(), PermissionKey.SALE_RING, PermissionKey.SALE_DISCOUNT),
          sold(of(rum(), -1, 1999), PermissionKey.SALE_RING, PermissionKey.SALE_RETURN),
          paid(of(rum(), -1, 1999), PermissionKey.SALE_RING, PermissionKey.SALE_RETURN),
          sold(
              of(rum(), 1, 1999).checked(new AgeCheck(18, AgeCheck.How.LOOKED)),
              PermissionKey.SALE_RING,
              PermissionKey.SALE_AGE),
          new Act(
              "complete",
              SaleCompleted.class,
              Set.of(PermissionKey.SALE_RING, PermissionKey.SALE_HOURS),
              TillRightsTest::soldAfterHours),
          new Act(
              "voidBasket",
              BasketVoided.class,
              Set.of(PermissionKey.SALE_VOID),
              (till, actor) -> till.ledger().voidBasket(actor, TillFixture.basket())),
          new Act(
              "voidBasket",
              BasketVoided.class,
              Set.of(PermissionKey.SALE_VOID),
              TillRightsTest::discarded),
          new Act(
              "reportSuspicion",
              SuspicionReported.class,
              Set.of(),
              (till, actor) ->
                  till.ledger().reportSuspicion(actor, SuspicionReported.Kind.OTHER, "odd")),
          new Act(
              "noteTraining",
              TrainingSwitched.class,
              Set.of(),
              (till, actor) -> till.ledger().noteTraining(actor, UUID.randomUUID(), true)),
          new Act(
              "park", SaleParked.class, Set.of(PermissionKey.SALE_RING), TillRightsTest::parked),
          new Act(
              "recall",
              SaleRecalled.class,
              Set.of(PermissionKey.SALE_RING),
              TillRightsTest::recalled),
          new Act(
              "discard",
              BasketVoided.class,
              Set.of(PermissionKey.SALE_RING, PermissionKey.SALE_VOID),
              TillRightsTest::discardedWhereItWaits));

  /** Acts that stand beside the ledger. */
  private static final Set<String> PARKING = Set.of("park", "recall", "discard");

  @TempDir Path temp;
  private TillFixture till;

  @BeforeEach
  void aTill() throws Exception {
    till = TillFixture.in(temp);
  }

  @AfterEach
  void close() {
    till.close();
  }

  private static void counted(OpenDevice till, Actor actor) {
    till.ledger().saveDraft(Basket.empty(USD));
    UUID shift = till.ledger().currentShift().orElseThrow().id();
    till.ledger().countDrawer(actor, shift, DrawerCount.ofSum(FLOAT));
  }

  private static Basket of(LineItem item, long pieces, long price) {
    return Basket.empty(USD).add(item, Quantity.of(pieces), each(price));
  }

  /** The store sells rum in the first hour of the day alone, and it is noon. */
  private static void soldAfterHours(OpenDevice till, Actor actor) {
    SettingsItem settings =
        new SettingsItem("T", "S", List.of(), List.of(), "USD", 0, "HALF_UP", "CASH", 180, "UTC")
            .with(GoodsSettings.USUAL.with(List.of(new SaleHours("alcohol", List.of(), 0, 60))));
    long cursor = till.replica().cursor() + 1;
    try {
      till.replica()
          .apply(
              new FeedPage(
                  TillFixture.EPOCH,
                  cursor,
                  false,
                  List.of(FeedItem.of(cursor, new UUID(3, 3), settings))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    LineItem rum = rum();
    LineItem restricted =
        new LineItem(
            rum.productId(),
            rum.code(),
            rum.name(),
            rum.size(),
            rum.taxes(),
            "",
            Handling.NONE.withRestricted("alcohol"));
    till.ledger().complete(actor, TillFixture.draft(of(restricted, 1, 1999)));
  }

  private static Basket lessTenth() {
    return of(rum(), 1, 1999).discount(new Discount.PercentOff(BigDecimal.TEN, "Happy hour"));
  }

  /** Straight at the ledger. */
  private static Act sold(Basket basket, PermissionKey... keys) {
    return new Act(
        "complete",
        SaleCompleted.class,
        Set.of(keys),
        (till, actor) -> till.ledger().complete(actor, TillFixture.draft(basket)));
  }

  /** As the screen does it. */
  private static Act paid(Basket basket, PermissionKey... keys) {
    PricedBasket priced = Pricing.price(basket, TaxRounding.perLine(USD));
    Running running = new Running(basket, priced, 0, Quantity.ONE, false);
    return new Act(
        "complete",
        SaleCompleted.class,
        Set.of(keys),
        (till, actor) ->
            new Paying(
                    till.ledger(),
                    CLOCK,
                    new Paying.Terms(null, TenderRules.USUAL, List.of()),
                    running,
                    OpenPayment.none(Money.zero(USD)).with(new CashTender(priced.total())))
                .finish(actor.user(), actor.approver(), DAY));
  }

  /** One of the first line of the last sale, which was paid in cash. */
  private static RefundDraft oneBack(OpenDevice till, Function<Money, Tender> by) {
    UUID sale = till.books().lastSale().orElseThrow().id();
    Refunds.Part part =
        (Refunds.Part) Refunds.refund(till.ledger().refundable(sale).getFirst(), Quantity.ONE);
    Money due = part.amount().totalIncluded().negate();
    return new RefundDraft(
        sale,
        List.of(part),
        (Settlement.Settled) Settlement.of(due, List.of(by.apply(due)), null),
        DAY);
  }

  private static void discarded(OpenDevice till, Actor actor) {
    till.ledger().saveDraft(TillFixture.basket());
    new Selling(
            till.ledger(),
            till.catalogue(),
            () -> new BarcodeRules(List.of()),
            USD,
            TaxRounding.perLine(USD),
            CLOCK)
        .discard(actor.user(), actor.approver());
  }

  /** Whatever becomes of it, nothing lies there for the next act. */
  private static void parked(OpenDevice till, Actor actor) {
    till.ledger().saveDraft(TillFixture.basket());
    try {
      till.parked().park(actor, "", Money.of(1999, USD));
    } finally {
      till.ledger().saveDraft(Basket.empty(USD));
      till.store().write(db -> db.update("DELETE FROM parked"));
    }
  }

  private static void discardedWhereItWaits(OpenDevice till, Actor actor) {
    // Of one that the server was not told of only the voiding is written.
    UUID id = lies(till, null);
    try {
      till.parked().discard(actor, id);
    } finally {
      till.store().write(db -> db.update("DELETE FROM parked"));
    }
  }

  private static void recalled(OpenDevice till, Actor actor) {
    UUID id = lies(till, 1L);
    till.ledger().saveDraft(Basket.empty(USD));
    try {
      till.parked().recall(actor, id, Money.zero(USD));
    } finally {
      till.ledger().saveDraft(Basket.empty(USD));
      till.store().write(db -> db.update("DELETE FROM parked"));
    }
  }

  /**
   * A sale that was put aside.
   *
   * @param change that told the server of it; null where none did
   */
  private static UUID lies(OpenDevice till, @Nullable Long change) {
    UUID id = UUID.randomUUID();
    till.store()
        .write(
            db ->
                db.update(
                    "INSERT INTO parked (id, name, draft, since, at, parked_by, change)"
                        + " VALUES (?, '', ?, ?, ?, ?, ?)",
                    id,
                    DraftCodec.encode(TillFixture.basket()),
                    NOON,
                    NOON,
                    CASHIER,
                    change));
    return id;
  }

  @Test
  void everyKeyHasAnActHereOrIsListedAsOneOfAnotherPlace() {
    Set<PermissionKey> here =
        ACTS.stream().flatMap(act -> act.keys().stream()).collect(Collectors.toSet());
    assertThat(Stream.concat(here.stream(), ELSEWHERE.stream()))
        .containsExactlyInAnyOrder(PermissionKey.values());
  }

  @Test
  void everyMethodOfTheLedgerIsAnActOfTheListOrNamedAsNone() {
    Set<String> acts =
        ACTS.stream()
            .map(Act::method)
            .filter(method -> !PARKING.contains(method))
            .collect(Collectors.toSet());
    assertThat(
            Arrays.stream(ParkedSales.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Actor.class))
                .map(Method::getName))
        .containsExactlyInAnyOrderElementsOf(PARKING);
    assertThat(Collections.disjoint(acts, UNGUARDED)).isTrue();
    assertThat(Collections.disjoint(acts, READING)).isTrue();
    List<Method> open =
        Arrays.stream(Ledger.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .toList();
    assertThat(open.stream().map(Method::getName).collect(Collectors.toSet()))
        .isEqualTo(
            Stream.of(acts, UNGUARDED, READING).flatMap(Set::stream).collect(Collectors.toSet()));
    // Whatever somebody is named for is somebody's act.
    assertThat(open)
        .filteredOn(method -> !method.getName().equals(ASKING))
        .filteredOn(method -> Arrays.asList(method.getParameterTypes()).contains(Actor.class))
        .extracting(Method::getName)
        .containsOnly(acts.toArray(String[]::new));
  }

  @Test
  void everyFactThatThereIsComesFromAnActOfTheList() {
    Set<Class<? extends ChangeBody>> named =
        ACTS.stream().map(Act::fact).collect(Collectors.toCollection(HashSet::new));
    assertThat(named)
        .containsExactlyInAnyOrder(
            Arrays.stream(ChangeBody.class.getPermittedSubclasses())
                .map(type -> type.<ChangeBody>asSubclass(ChangeBody.class))
                .<Class<? extends ChangeBody>>toArray(Class[]::new));
  }

  @Test
  void everyKeyDecidesItsActsAndNoOther() throws Exception {
    for (PermissionKey key : PermissionKey.values()) {
      for (Decision own : Decision.values()) {
        for (Role role : List.of(only(key, own), allBut(key, own))) {
          everyActBy(role, null);
          for (Decision second : Decision.values()) {
            everyActBy(role, allBut(key, second));
          }
        }
      }
    }
  }

  @Test
  void everyBuiltInRoleDoesWhatItSaysAloneAndWithEveryOther() throws Exception {
    for (Role role : Role.builtIn()) {
      everyActBy(role, null);
      for (Role second : Role.builtIn()) {
        everyActBy(role, second);
      }
    }
  }

  @Test
  void theRoleInThisStoreStandsInThePlaceOfTheOneForAll() throws Exception {
    UUID store = till.ledger().enrolled().store();
    for (Role everywhere : Role.builtIn()) {
      for (Role here : Role.builtIn()) {
        UserItem inStore =
            new UserItem(CASHIER, store, "Cashier One", here.name(), here.permissions(), null, 0);
        hear(
            FeedItem.of(1, CASHIER, UserItem.of(CASHIER, "Cashier One", everywhere)),
            FeedItem.of(2, IN_THE_STORE, inStore));
        Role counts = new Rights(everywhere, Map.of(store, here)).in(store);
        for (Act act : ACTS) {
          tried(act, new Actor(CASHIER, null, NOON), counts, null);
        }
      }
    }
  }

  @Test
  void nobodyApprovesTheirOwnActAndWhoIsNotKnownNeither() throws Exception {
    UUID nobody = UUID.randomUUID();
    for (Decision own : Decision.values()) {
      for (PermissionKey key : PermissionKey.values()) {
        Role role = allBut(key, own);
        hear(TillFixture.user(1, CASHIER, "Cashier One", role));
        for (Act act : ACTS) {
          tried(act, new Actor(CASHIER, CASHIER, NOON), role, null);
          tried(act, new Actor(CASHIER, nobody, NOON), role, null);
        }
      }
    }
    hear(TillFixture.user(1, SUPERVISOR, "Supervisor Two", Role.OWNER));
    for (Act act : ACTS) {
      tried(act, new Actor(nobody, SUPERVISOR, NOON), Role.NONE, Role.OWNER);
    }
  }

  /** Alone, then with the PIN of whoever is offered, as the window does it. */
  @Test
  void onlyWhoMayAloneIsAskedForTheirPinAndTheirWordIsEnough() throws Exception {
    try (Pin pin = Pin.typed("24680".toCharArray())) {
      till.vault.addUser(till.keys.inner(), SUPERVISOR, "Supervisor Two", pin);
    }
    try (Unlocking unlocking =
        new Unlocking(
            till.folder,
            till.vault,
            new OpenDevice.Surroundings(() -> NOON, System::nanoTime, new SecureRandom()),
            (_, _) -> new ShareSource.Given.Unreachable(),
            _ -> {})) {
      unlocking.adopt(till.device(), till.keys);
      Approving approving = new Approving(unlocking, till.device());
      for (PermissionKey key : PermissionKey.values()) {
        for (Decision second : Decision.values()) {
          Role role = allBut(key, Decision.NEEDS_APPROVAL);
          Role approver = allBut(key, second);
          hear(
              TillFixture.user(1, CASHIER, "Cashier One", role),
              TillFixture.user(2, SUPERVISOR, "Supervisor Two", approver));
          List<UserView> asked = approving.candidates(key, CASHIER);
          assertThat(asked).as("%s %s", key, second).hasSize(second == ALLOWED ? 1 : 0);
          for (UserView each : asked) {
            assertThat(approving.approve(each.id(), "24680".toCharArray()))
                .isInstanceOf(Unlocking.Outcome.In.class);
            for (Act act : ACTS) {
              tried(act, new Actor(CASHIER, null, NOON), role, null);
              tried(act, new Actor(CASHIER, each.id(), NOON), role, approver);
            }
          }
        }
      }
    }
  }

  /**
   * @param second null when nobody is asked
   */
  private void everyActBy(Role role, Role second) throws Exception {
    List<FeedItem> people = new ArrayList<>();
    people.add(TillFixture.user(1, CASHIER, "Cashier One", role));
    if (second != null) {
      people.add(TillFixture.user(2, SUPERVISOR, "Supervisor Two", second));
    }
    hear(people.toArray(FeedItem[]::new));
    Actor actor = new Actor(CASHIER, second == null ? null : SUPERVISOR, NOON);
    for (Act act : ACTS) {
      tried(act, actor, role, second);
    }
  }

  private void tried(Act act, Actor actor, Role role, Role second) {
    String as = act + " as " + role.decisions() + " with " + second;
    Set<PermissionKey> missing =
        act.keys().stream()
            .filter(key -> role.decide(key, second) != ALLOWED)
            .collect(Collectors.toSet());
    openForWhoeverSells(act);
    long before = till.device().outbox().state().waiting();
    boolean shiftWasOpen = till.ledger().currentShift().isPresent();
    NotPermittedException refused = null;
    boolean again = false;
    try {
      act.doing().by(till.device(), actor);
    } catch (NotPermittedException e) {
      refused = e;
    } catch (ActRefusedException e) {
      // Only whoever may open a shift hears that there is one.
      assertThat(e.reason()).as(as).isEqualTo(Reason.SHIFT_OPEN_ALREADY);
      again = true;
    }
    long recorded = till.device().outbox().state().waiting() - before;
    if (missing.isEmpty()) {
      assertThat(refused).as(as).isNull();
      assertThat(again).as(as).isEqualTo(act.fact() == ShiftOpened.class && shiftWasOpen);
      assertThat(recorded).as(as).isEqualTo(again ? 0 : 1);
    } else {
      assertThat(again).as(as).isFalse();
      assertThat(recorded).as(as).isZero();
      assertThat(refused).as(as).isNotNull();
      assertThat(missing).as(as).contains(refused.key());
      assertThat(refused.decision()).as(as).isEqualTo(role.decide(refused.key(), second));
    }
  }

  /** A shift is open as soon as the first act that needs one is tried, whoever tries it. */
  private void openForWhoeverSells(Act act) {
    boolean open = act.fact() == ShiftOpened.class || till.ledger().currentShift().isPresent();
    boolean soldBefore = !act.method().equals("refund");
    if (open && soldBefore && act.fact() != DrawerCounted.class) {
      return;
    }
    UUID opener = UUID.fromString("019c0000-0000-7000-8000-0000000000bb");
    hear(TillFixture.user(3, opener, "Opener Three", Role.SUPERVISOR));
    if (!open) {
      till.ledger().openShift(new Actor(opener, null, NOON), DAY, FLOAT);
    }
    if (!soldBefore) {
      till.ledger().complete(new Actor(opener, null, NOON), TillFixture.draft());
    }
    if (act.fact() == DrawerCounted.class) {
      countedBefore(act.keys().contains(PermissionKey.SHIFT_DIFFERENCE), opener);
    }
  }

  /** A second count asks for more than the first one of a shift. */
  private void countedBefore(boolean before, UUID opener) {
    Actor actor = new Actor(opener, null, NOON);
    till.ledger().saveDraft(Basket.empty(USD));
    till.ledger().closeShift(actor, FLOAT);
    ShiftView shift = till.ledger().openShift(actor, DAY, FLOAT);
    if (before) {
      till.ledger().countDrawer(actor, shift.id(), DrawerCount.ofSum(FLOAT));
    }
  }

  private void hear(FeedItem... items) {
    long cursor = till.device().replica().cursor() + 1;
    try {
      till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(items)));
    } catch (Replica.OtherEpochException e) {
      throw new AssertionError(e);
    }
  }

  private static Role only(PermissionKey key, Decision decision) {
    return new Role("only", Map.of(key, decision));
  }

  private static Role allBut(PermissionKey key, Decision decision) {
    Map<PermissionKey, Decision> decisions = new EnumMap<>(PermissionKey.class);
    for (PermissionKey each : PermissionKey.values()) {
      decisions.put(each, ALLOWED);
    }
    decisions.put(key, decision);
    return new Role("all but", decisions);
  }
}
