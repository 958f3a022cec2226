package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.ParkedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.ParkedName;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.ParkedBasket;
import dev.countersign.common.sale.ParkedBasket.Line;
import dev.countersign.common.sale.ParkedBasket.Off;
import dev.countersign.common.sale.ParkedBasket.Word;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Baskets that tills put aside: what is handed out, to whom, and what a second taking up is. */
@ParameterizedClass
@EnumSource
class ParkedTest {
  private static final UUID RUM = UUID.randomUUID();

  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private CreditTill till;
  private CreditTill other;
  private UUID boss;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    boss = shop.desk().addUser(shop.tenant.id(), "Max", "manager", null).id();
    till = CreditTill.in(shop, shop.cashier.id());
    other = CreditTill.in(shop, shop.cashier.id());
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private static ParkedBasket basket(List<Off> off, Word... words) {
    Line rum =
        new Line(
            RUM,
            "",
            "Rum",
            "",
            List.of(),
            Quantity.ONE,
            1999L,
            null,
            null,
            off,
            "",
            false,
            false,
            null);
    return new ParkedBasket(
        "USD", List.of(rum), List.of(), "", List.of(words), List.of(), null, null, 1999);
  }

  private Change parked(CreditTill by, UUID id, ParkedBasket basket) {
    return by.selling.change(id, new SaleParked(shop.store.id(), shop.register.id(), basket));
  }

  private Change parked(CreditTill by, UUID id) {
    return parked(by, id, basket(List.of()));
  }

  private Change recalled(CreditTill by, UUID id) {
    return by.selling.change(id, new SaleRecalled(shop.store.id(), shop.register.id()));
  }

  /** What a till that begins anew is told. */
  private List<FeedItem> told(CreditTill by) throws Exception {
    String token = by.visitor.client.token(by.enrolled);
    return by.visitor.client.snapshot(token).items().stream()
        .filter(item -> item.kind().equals(FeedBody.PARKED) && !item.deleted())
        .toList();
  }

  /** What it is told to forget, though it begins anew. */
  private List<UUID> toldGone(CreditTill by) throws Exception {
    String token = by.visitor.client.token(by.enrolled);
    return by.visitor.client.snapshot(token).items().stream()
        .filter(FeedItem::deleted)
        .map(FeedItem::id)
        .toList();
  }

  private Reply name(CreditTill by, UUID id, String name) throws Exception {
    return by.post(Routes.PARKED_NAME, new ParkedName(id, name));
  }

  @Test
  void theTillsOfTheStoreHearOfItUntilItIsTakenUp() throws Exception {
    UUID id = till.selling.id();
    assertThat(till.send(parked(till, id))).containsExactly("ACCEPTED");
    assertThat(told(other))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.id()).isEqualTo(id);
              assertThat(item.typed())
                  .isInstanceOfSatisfying(
                      ParkedItem.class,
                      heard -> {
                        assertThat(heard.basket()).isEqualTo(basket(List.of()));
                        assertThat(heard.device()).isEqualTo(till.enrolled.id());
                        assertThat(heard.by()).isEqualTo(shop.cashier.id());
                      });
            });
    assertThat(other.send(recalled(other, id))).containsExactly("ACCEPTED");
    assertThat(told(till)).isEmpty();
    // However long a till was away: the mark in the feed may be gone, the books know.
    assertThat(till.send(recalled(till, id))).containsExactly("FLAGGED recalled-twice");
    assertThat(shop.number("SELECT count(*) FROM question WHERE code = 'recalled-twice'"))
        .isEqualTo(1);
    assertThat(till.send(parked(till, id))).containsExactly("QUARANTINED duplicate");
  }

  @Test
  void putAsideAndTakenUpInOneBatchItIsToldToNobody() throws Exception {
    UUID id = till.selling.id();
    assertThat(till.send(parked(till, id), recalled(till, id)))
        .containsExactly("ACCEPTED", "ACCEPTED");
    assertThat(told(other)).isEmpty();
    assertThat(till.send(recalled(till, id))).containsExactly("FLAGGED recalled-twice");
  }

  /** A server that was put back hears of the taking up first. */
  @Test
  void whatWasTakenUpBeforeItWasHeardOfIsHandedOutToNobody() throws Exception {
    UUID id = till.selling.id();
    assertThat(other.send(recalled(other, id))).containsExactly("FLAGGED unknown-basket");
    assertThat(till.send(parked(till, id))).containsExactly("ACCEPTED");
    assertThat(told(other)).isEmpty();
    assertThat(toldGone(till)).as("who put it aside hears of it").containsExactly(id);
    assertThat(till.send(recalled(till, id))).containsExactly("FLAGGED recalled-twice");
  }

  @Test
  void nobodyForgesTheWordOfSomebodyElse() throws Exception {
    List<Off> tenth = List.of(new Off("10", null, ""));
    UUID alone = till.selling.id();
    assertThat(till.send(parked(till, alone, basket(tenth))))
        .containsExactly("QUARANTINED not-permitted");
    UUID self = till.selling.id();
    assertThat(
            till.send(parked(till, self, basket(tenth, word("sale.discount", shop.cashier.id())))))
        .containsExactly("QUARANTINED not-permitted");
    UUID stranger = till.selling.id();
    assertThat(till.send(parked(till, stranger, basket(tenth, word("sale.discount", till.tenant)))))
        .containsExactly("QUARANTINED not-permitted");
    UUID otherAct = till.selling.id();
    assertThat(till.send(parked(till, otherAct, basket(tenth, word("sale.price", boss)))))
        .containsExactly("QUARANTINED not-permitted");
    UUID unused = till.selling.id();
    assertThat(
            till.send(
                parked(till, unused, basket(List.of(), word("sale.discount", shop.cashier.id())))))
        .as("a word for the till that takes it up")
        .containsExactly("QUARANTINED not-permitted");
    assertThat(told(other)).isEmpty();
    UUID agreed = till.selling.id();
    assertThat(till.send(parked(till, agreed, basket(tenth, word("sale.discount", boss)))))
        .containsExactly("ACCEPTED");
    assertThat(told(other)).extracting(FeedItem::id).containsExactly(agreed);
  }

  private static Word word(String act, UUID person) {
    return new Word(act, person);
  }

  @Test
  void oneThatAPersonAcceptsIsHandedOut() throws Exception {
    CreditTill office = CreditTill.in(shop, boss);
    UUID id = till.selling.id();
    Change refused = refused(id);
    assertThat(office.send(accepting(office, refused))).containsExactly("ACCEPTED");
    assertThat(told(other)).extracting(FeedItem::id).containsExactly(id);
  }

  /** What the same batch says before is known to what a decision of it makes count. */
  @Test
  void oneThatAPersonAcceptsWhenItWasTakenUpIsHandedOutToNobody() throws Exception {
    CreditTill office = CreditTill.in(shop, boss);
    UUID id = till.selling.id();
    Change refused = refused(id);
    Change taken = recalled(office, id);
    assertThat(office.send(taken, accepting(office, refused)))
        .containsExactly("FLAGGED unknown-basket", "ACCEPTED");
    assertThat(told(other)).isEmpty();
  }

  private Change refused(UUID id) throws Exception {
    Change refused = parked(till, id, basket(List.of(new Off("10", null, ""))));
    assertThat(till.send(refused)).containsExactly("QUARANTINED not-permitted");
    return refused;
  }

  private Change accepting(CreditTill office, Change refused) {
    return office.selling.change(
        office.selling.id(),
        new VerdictResolved(
            till.enrolled.id(), 2, refused.number(), VerdictResolved.Resolution.ACCEPT, ""));
  }

  @Test
  void whatIsNoBasketOrOfAnotherPlaceIsHandedOutToNobody() throws Exception {
    UUID id = till.selling.id();
    ParkedBasket whole = basket(List.of());
    ParkedBasket foreign =
        new ParkedBasket(
            "EUR", whole.lines(), List.of(), "", List.of(), List.of(), null, null, 1999);
    ParkedBasket card =
        new ParkedBasket(
            "USD",
            whole.lines(),
            List.of(),
            "4111 1111 1111 1111",
            List.of(),
            List.of(),
            null,
            null,
            1999);
    ParkedBasket huge =
        new ParkedBasket(
            "USD", whole.lines(), List.of(), "", List.of(), List.of(), null, null, Long.MIN_VALUE);
    ParkedBasket none =
        new ParkedBasket("USD", List.of(), List.of(), "", List.of(), List.of(), null, null, 0);
    assertThat(
            till.send(
                parked(till, id, none),
                parked(till, id, foreign),
                parked(till, id, card),
                parked(till, id, huge),
                till.selling.change(
                    id, new SaleParked(UUID.randomUUID(), shop.register.id(), whole)),
                till.selling.change(id, new SaleRecalled(shop.store.id(), UUID.randomUUID()))))
        .containsExactly(
            "QUARANTINED malformed",
            "QUARANTINED sums-do-not-agree",
            "QUARANTINED card-number",
            "QUARANTINED amount-out-of-range",
            "QUARANTINED wrong-register",
            "QUARANTINED wrong-register");
    assertThat(told(other)).isEmpty();
    assertThat(till.send(parked(till, id))).containsExactly("ACCEPTED");
  }

  @Test
  void aNameIsOfItsTillAloneAndGoesWithTheBasket() throws Exception {
    UUID id = till.selling.id();
    assertThat(name(till, id, "Ann").status()).as("not there yet").isEqualTo(404);
    till.send(parked(till, id));
    assertThat(name(other, id, "Bob").status()).as("another till's").isEqualTo(404);
    assertThat(name(till, id, "x".repeat(41)).status()).isEqualTo(400);
    assertThat(name(till, id, "Ann\n").status()).isEqualTo(400);
    assertThat(name(till, id, "4111 1111 1111 1111").status()).isEqualTo(422);
    assertThat(name(till, id, "Ann of the harbour").status()).isEqualTo(200);
    assertThat(told(other).getFirst().typed())
        .isInstanceOfSatisfying(
            ParkedItem.class, item -> assertThat(item.name()).isEqualTo("Ann of the harbour"));
    other.send(recalled(other, id));
    assertThat(name(till, id, "Ann").status()).isEqualTo(404);
    assertThat(shop.number("SELECT count(*) FROM feed WHERE kind = 'parked' AND body IS NOT NULL"))
        .isZero();
    assertThat(shop.auditLog()).doesNotContain("harbour");
  }
}
