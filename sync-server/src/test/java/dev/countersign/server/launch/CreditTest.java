package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.CreditAllotment;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.server.account.Person;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.credit.CreditTable;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.CreditTill.Card;
import dev.countersign.server.launch.RawClient.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

// Long because one shop with its cards, tills and thieves plays every case.
/** Gift cards and store credit over a real server: issued, reserved, spent, and stolen. */
@ParameterizedClass
@EnumSource
class CreditTest {
  private static final String OVERSPENT = "FLAGGED credit-overspent";

  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Person manager;
  private CreditTill first;
  private CreditTill second;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    manager = shop.desk().addUser(shop.tenant.id(), "Max", "manager", null);
    first = CreditTill.in(shop, manager.id());
    second = CreditTill.in(shop, manager.id());
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private long balance(UUID account) throws Exception {
    return shop.server
        .tenants()
        .<Long, SQLException>read(
            shop.tenant.id(), scope -> new CreditTable().balance(scope.db(), account));
  }

  private long held(UUID account) throws Exception {
    return shop.server
        .tenants()
        .<Long, SQLException>read(
            shop.tenant.id(), scope -> new CreditTable().held(scope.db(), account));
  }

  private Card giftCard(long amount) throws Exception {
    Card card = first.card(CreditKind.GIFT_CARD);
    assertThat(first.send(first.sold(card, amount))).containsExactly("ACCEPTED", "ACCEPTED");
    return card;
  }

  @Test
  void aCardIsSoldReservedSpentAndWhatIsLeftComesBack() throws Exception {
    Card card = giftCard(5_000);
    assertThat(second.asked(card.code(), 0))
        .isEqualTo(new Credits.Answer(card.account(), CreditKind.GIFT_CARD, 5_000, 5_000, null));
    Credits.Answer answer = second.asked(card.code(), 3_000);
    assertThat(answer.free()).isEqualTo(2_000);
    CreditAllotment allotment = CreditTill.allotment(answer);
    assertThat(allotment.amount()).isEqualTo(3_000);
    assertThat(allotment.device()).isEqualTo(second.enrolled.id());
    assertThat(allotment.tenant()).isEqualTo(shop.tenant.id());
    assertThat(second.send(second.spent(card, 1_800))).containsExactly("ACCEPTED");
    assertThat(balance(card.account())).isEqualTo(3_200);
    assertThat(held(card.account())).isEqualTo(1_200);
    assertThat(second.giveBack(UUID.randomUUID(), card.account(), 1_200).status()).isEqualTo(200);
    assertThat(held(card.account())).isZero();
    assertThat(first.asked(card.code(), 3_200).allotment()).isNotNull();
    // A card is a debt: neither turnover nor a good, but its money is in the drawer.
    assertThat(shop.number("SELECT sum(total) FROM takings")).isEqualTo(1_800);
    assertThat(shop.number("SELECT total FROM takings_means WHERE means = 'CASH'"))
        .isEqualTo(5_000);
    assertThat(shop.number("SELECT total FROM takings_means WHERE means = 'GIFT_CARD'"))
        .isEqualTo(1_800);
  }

  @Test
  void aGiftCardSpentTwiceOffline() throws Exception {
    Card card = giftCard(5_000);
    assertThat(first.asked(card.code(), 5_000).allotment()).isNotNull();
    assertThat(second.asked(card.code(), 1).allotment()).as("nothing is free").isNull();
    // Both spend without a network; the second one never had anything reserved.
    Change atFirst = first.spent(card, 5_000);
    Change atSecond = second.spent(card, 5_000);
    assertThat(second.send(atSecond)).containsExactly(OVERSPENT);
    assertThat(first.send(atFirst)).containsExactly("ACCEPTED");
    assertThat(balance(card.account())).as("the goods are gone").isEqualTo(-5_000);
    assertThat(shop.number("SELECT count(*) FROM question WHERE code = 'credit-overspent'"))
        .isEqualTo(1);
    Visitor.Signed owner = first.visitor.person("Olu", "owner", null);
    assertThat(first.visitor.call("GET", Routes.CREDIT, null, owner.token()).text())
        .contains("\"account\":\"" + card.account() + "\",\"balance\":-5000");
    assertThat(first.asked(card.code(), 1).allotment()).isNull();
  }

  @Test
  void whatIsSpentBeyondAnAllotmentIsFlaggedAndUsesItUp() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 1_000);
    assertThat(first.send(first.spent(card, 1_001))).containsExactly(OVERSPENT);
    assertThat(held(card.account())).isZero();
    assertThat(balance(card.account())).isEqualTo(3_999);
    assertThat(first.send(first.spent(card, 1))).containsExactly(OVERSPENT);
    // Twice in one batch, of which only one was reserved; and split over two tenders of one sale.
    first.asked(card.code(), 500);
    assertThat(first.send(first.spent(card, 500), first.spent(card, 500)))
        .containsExactly("ACCEPTED", OVERSPENT);
    first.asked(card.code(), 500);
    SaleCompleted usual = first.selling.saleBody(null, 600);
    Paid half = new Paid(Means.GIFT_CARD, 300, "", "", card.account());
    assertThat(
            first.send(
                first.selling.change(
                    first.selling.id(),
                    CreditTill.body(usual, usual.lines(), List.of(half, half), 600, List.of()))))
        .containsExactly(OVERSPENT);
  }

  @Test
  void theSameRequestAgainIsTheSameAllotmentAndNoOtherOne() throws Exception {
    Card card = giftCard(5_000);
    Card other = giftCard(5_000);
    UUID request = UUID.randomUUID();
    String allotment = first.ask(request, card.code(), 2_000).as(Credits.Answer.class).allotment();
    assertThat(first.ask(request, card.code(), 2_000).as(Credits.Answer.class).allotment())
        .isEqualTo(allotment);
    assertThat(held(card.account())).isEqualTo(2_000);
    for (Reply reply :
        List.of(first.ask(request, card.code(), 2_001), first.ask(request, other.code(), 2_000))) {
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.problem().code()).isEqualTo(Problem.OTHER_REQUEST);
    }
    assertThat(held(other.account())).isZero();
    assertThat(second.ask(request, card.code(), 2_000).as(Credits.Answer.class).allotment())
        .as("another device's request of the same id")
        .isNotNull()
        .isNotEqualTo(allotment);
    UUID back = UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      assertThat(first.giveBack(back, card.account(), 500).status()).isEqualTo(200);
    }
    assertThat(held(card.account())).isEqualTo(3_500);
    assertThat(first.giveBack(back, card.account(), 400).status()).isEqualTo(409);
  }

  @Test
  void anAllotmentIsSignedByTheServerForOneDevice() throws Exception {
    Card card = giftCard(5_000);
    Credits.Answer answer = first.asked(card.code(), 2_000);
    Envelope envelope = Envelope.decode(Base64.getDecoder().decode(answer.allotment()));
    VerifyKey server = VerifyKey.fromBase64(first.enrolled.answer().serverKey());
    assertThat(envelope.payloadType()).isEqualTo(CreditAllotment.PAYLOAD_TYPE);
    assertThat(envelope.verifiedBy(server)).isTrue();
    assertThat(envelope.payloadType()).isNotEqualTo(DeviceCertificate.PAYLOAD_TYPE);
    assertThat(second.send(second.spent(card, 2_000)))
        .as("spent by another device than it was made for")
        .containsExactly(OVERSPENT);
    assertThat(second.giveBack(UUID.randomUUID(), card.account(), 1).problem().code())
        .isEqualTo(Problem.NOT_HELD);
  }

  @Test
  void amountsThatNoAccountHasAreRefused() throws Exception {
    Card card = giftCard(5_000);
    for (long amount : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_000_000_001L}) {
      assertThat(first.ask(UUID.randomUUID(), card.code(), amount).status()).isEqualTo(400);
    }
    assertThat(first.asked(card.code(), 5_001).allotment()).isNull();
    first.asked(card.code(), 5_000);
    for (long amount : new long[] {-1, 0, 5_001, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(first.giveBack(UUID.randomUUID(), card.account(), amount).status()).isEqualTo(409);
    }
    assertThat(held(card.account())).isEqualTo(5_000);
  }

  @Test
  void whatIsWrongInItselfIsQuarantined() throws Exception {
    Card card = first.card(CreditKind.GIFT_CARD);
    for (long amount : new long[] {-1, 0, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(first.send(first.issued(card, amount, null)).getFirst()).startsWith("QUARANTINED");
      assertThat(first.send(first.sold(card, amount)).getFirst()).startsWith("QUARANTINED");
    }
    CreditIssued good = (CreditIssued) first.issued(card, 5, null).body();
    // That one is never sent: another till goes on without a gap in its numbers.
    first = CreditTill.in(shop, manager.id());
    List<CreditIssued> wrong =
        List.of(
            issued(good, good.register(), good.opens(), "EUR"),
            issued(good, good.register(), "no hash", "USD"),
            issued(good, good.register(), good.opens().toUpperCase(java.util.Locale.ROOT), "USD"),
            issued(good, UUID.randomUUID(), good.opens(), "USD"));
    List<String> said = new ArrayList<>();
    for (CreditIssued each : wrong) {
      said.addAll(first.send(first.selling.change(UUID.randomUUID(), each)));
    }
    assertThat(said)
        .containsExactly(
            "QUARANTINED sums-do-not-agree",
            "QUARANTINED malformed",
            "QUARANTINED malformed",
            "QUARANTINED wrong-register");
    // A card payment with an account, and a payment from credit without one.
    assertThat(first.send(first.spent(card.account(), Means.CARD, 5)))
        .containsExactly("QUARANTINED sums-do-not-agree");
    SaleCompleted usual = first.selling.saleBody(null, 5);
    Paid nowhere = new Paid(Means.GIFT_CARD, 5, "", "");
    assertThat(
            first.send(
                first.selling.change(
                    first.selling.id(),
                    CreditTill.body(usual, usual.lines(), List.of(nowhere), 5, List.of()))))
        .containsExactly("QUARANTINED sums-do-not-agree");
    assertThat(shop.number("SELECT count(*) FROM credit_account")).isZero();
    assertThat(shop.number("SELECT count(*) FROM credit_movement")).isZero();
  }

  private static CreditIssued issued(
      CreditIssued like, UUID register, String opens, String currency) {
    return new CreditIssued(
        like.store(), register, like.shift(), like.kind(), opens, currency, like.amount(), null);
  }

  @Test
  void noAccountAndNoCodeIsOpenedTwice() throws Exception {
    Card card = giftCard(5_000);
    Card same = new Card(card.account(), CreditKind.GIFT_CARD, CreditCode.make(CreditTill.RANDOM));
    assertThat(second.send(second.issued(same, 5_000, null)))
        .containsExactly("QUARANTINED duplicate");
    Card hijacked = new Card(UUID.randomUUID(), CreditKind.GIFT_CARD, card.code());
    assertThat(second.send(second.issued(hijacked, 1, null)))
        .containsExactly("QUARANTINED duplicate");
    assertThat(second.asked(card.code(), 0).account()).isEqualTo(card.account());
    assertThat(balance(card.account())).isEqualTo(5_000);
  }

  @Test
  void aCardOfTheOtherKindAndOneThatWasNotPaidForAreFlagged() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 2_000);
    assertThat(first.send(first.spent(card.account(), Means.STORE_CREDIT, 1_000)))
        .containsExactly("FLAGGED credit-other-kind");
    assertThat(balance(card.account())).isEqualTo(4_000);
    Card unpaid = first.card(CreditKind.GIFT_CARD);
    assertThat(first.send(first.issued(unpaid, 9_000, UUID.randomUUID())))
        .containsExactly("FLAGGED credit-unpaid");
    assertThat(second.asked(unpaid.code(), 1).allotment()).as("nothing is on it").isNull();
  }

  @Test
  void aRefundGoesToStoreCreditAndIsSpentFromThere() throws Exception {
    Change sale = first.selling.sale(null, 3_000);
    first.send(sale);
    Card slip = first.card(CreditKind.STORE_CREDIT);
    SaleCompleted usual = first.selling.saleBody(null, 1);
    SaleCompleted.Line back =
        new SaleCompleted.Line(
            1,
            null,
            "",
            "Gin",
            Quantity.ONE.negate(),
            null,
            null,
            -3_000,
            List.of(),
            new SaleCompleted.Sold(sale.entity(), 1));
    UUID refund = first.selling.id();
    Paid out = new Paid(Means.STORE_CREDIT, -3_000, "", "", slip.account());
    assertThat(
            first.send(
                first.selling.change(
                    refund, CreditTill.body(usual, List.of(back), List.of(out), -3_000, List.of())),
                first.issued(slip, 3_000, refund)))
        .containsExactly("ACCEPTED", "ACCEPTED");
    assertThat(second.asked(slip.code(), 3_000).allotment()).isNotNull();
    assertThat(second.send(second.spent(slip, 3_000))).containsExactly("ACCEPTED");
    assertThat(balance(slip.account())).isZero();
  }

  @Test
  void whatIsQuarantinedIsNotSpendableUntilAManagerAcceptsIt() throws Exception {
    CreditTill till = CreditTill.in(shop, shop.cashier.id());
    Card card = till.card(CreditKind.STORE_CREDIT);
    Change given = till.issued(card, 2_000, null);
    long batch = till.selling.nextBatch();
    assertThat(till.send(given)).containsExactly("QUARANTINED not-permitted");
    assertThat(second.ask(UUID.randomUUID(), card.code(), 0).status()).isEqualTo(404);
    assertThat(balance(card.account())).isZero();
    assertThat(
            second.send(
                second.selling.change(
                    UUID.randomUUID(),
                    new VerdictResolved(
                        till.enrolled.id(), batch, given.number(), Resolution.ACCEPT, ""))))
        .containsExactly("ACCEPTED");
    assertThat(second.asked(card.code(), 2_000).allotment()).isNotNull();
    Card never = till.card(CreditKind.STORE_CREDIT);
    Change rejected = till.issued(never, 2_000, null);
    long next = till.selling.nextBatch();
    till.send(rejected);
    second.send(
        second.selling.change(
            UUID.randomUUID(),
            new VerdictResolved(
                till.enrolled.id(), next, rejected.number(), Resolution.REJECT, "")));
    assertThat(second.ask(UUID.randomUUID(), never.code(), 0).status()).isEqualTo(404);
  }

  @Test
  void aSaleThatIsAcceptedLaterSpendsWhatIsStillReserved() throws Exception {
    Card card = giftCard(2_000);
    CreditTill till = CreditTill.in(shop, shop.cashier.id());
    till.asked(card.code(), 2_000);
    // An open item needs a second person, who is not named.
    Change sale = till.spent(card, 2_000);
    long batch = till.selling.nextBatch();
    assertThat(till.send(sale)).containsExactly("QUARANTINED not-permitted");
    assertThat(held(card.account())).isEqualTo(2_000);
    second.send(
        second.selling.change(
            UUID.randomUUID(),
            new VerdictResolved(till.enrolled.id(), batch, sale.number(), Resolution.ACCEPT, "")));
    assertThat(balance(card.account())).isZero();
    assertThat(held(card.account())).isZero();
  }

  @Test
  void codesAreNotGuessed() throws Exception {
    Card card = giftCard(5_000);
    Reply refused = null;
    for (int i = 0; i < 40 && refused == null; i++) {
      Reply reply = second.ask(UUID.randomUUID(), CreditCode.make(CreditTill.RANDOM), 0);
      assertThat(reply.status()).isIn(404, 429);
      refused = reply.status() == 429 ? reply : null;
    }
    assertThat(refused).isNotNull();
    assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isPositive();
    assertThat(second.ask(UUID.randomUUID(), card.code(), 0).status())
        .as("the right one waits too")
        .isEqualTo(429);
    assertThat(first.asked(card.code(), 0).balance()).as("another till goes on").isEqualTo(5_000);
    shop.pass(Duration.ofMinutes(16));
    assertThat(second.asked(card.code(), 0).balance()).isEqualTo(5_000);
  }

  @Test
  void allTillsOfABusinessTogetherDoNotGuessEither() throws Exception {
    int waits = 0;
    for (int till = 0; till < 30 && waits == 0; till++) {
      CreditTill fresh = CreditTill.in(shop, manager.id());
      for (int i = 0; i < 10; i++) {
        Reply reply = fresh.ask(UUID.randomUUID(), CreditCode.make(CreditTill.RANDOM), 0);
        waits += reply.status() == 429 ? 1 : 0;
      }
    }
    assertThat(waits).isPositive();
  }

  @Test
  void unknownAndQuarantinedAndNoCodeAtAllAreAnsweredAlike() throws Exception {
    CreditTill cashier = CreditTill.in(shop, shop.cashier.id());
    Card quarantined = cashier.card(CreditKind.GIFT_CARD);
    cashier.send(cashier.issued(quarantined, 5, null));
    List<String> told = new ArrayList<>();
    for (String code :
        List.of(CreditCode.make(CreditTill.RANDOM).text(), quarantined.code().text(), "no code")) {
      Reply reply =
          second.post(Routes.CREDIT_ALLOTMENTS, new Credits.Ask(UUID.randomUUID(), code, 5));
      told.add(reply.status() + reply.text());
    }
    assertThat(told).hasSize(3).containsOnly(told.getFirst());
  }

  @Test
  void whoKnowsASaleThatAnAccountPaidForIsToldWhatIsOnItWithoutItsCode() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 2_000);
    Change paid = first.spent(card, 2_000);
    assertThat(first.send(paid)).containsExactly("ACCEPTED");
    Reply told =
        second.post(Routes.CREDIT_BALANCE, new Credits.Look(paid.entity(), card.account()));
    assertThat(told.as(Credits.Answer.class))
        .isEqualTo(new Credits.Answer(card.account(), CreditKind.GIFT_CARD, 3_000, 3_000, null));
    Card other = giftCard(700);
    for (Credits.Look look :
        List.of(
            new Credits.Look(paid.entity(), other.account()),
            new Credits.Look(UUID.randomUUID(), card.account()),
            new Credits.Look(paid.entity(), UUID.randomUUID()))) {
      assertThat(second.post(Routes.CREDIT_BALANCE, look).status()).isEqualTo(404);
    }
    assertThat(second.post(Routes.CREDIT_BALANCE, Map.of()).status()).isEqualTo(400);
    shop.change("UPDATE device SET state = 'frozen' WHERE id = " + literal(second.enrolled.id()));
    assertThat(
            second
                .post(Routes.CREDIT_BALANCE, new Credits.Look(paid.entity(), card.account()))
                .problem()
                .code())
        .isEqualTo(Problem.FROZEN);
    assertThat(second.visitor.call("POST", Routes.CREDIT_BALANCE, Map.of(), "none").status())
        .isEqualTo(401);
  }

  @Test
  void aDeviceThatIsFrozenOrRevokedGetsNothing() throws Exception {
    Card card = giftCard(5_000);
    shop.change("UPDATE device SET state = 'frozen' WHERE id = " + literal(second.enrolled.id()));
    assertThat(second.ask(UUID.randomUUID(), card.code(), 5).problem().code())
        .isEqualTo(Problem.FROZEN);
    shop.desk().revokeDevice(shop.tenant.id(), second.enrolled.id());
    assertThat(second.visitor.call("POST", Routes.CREDIT_ALLOTMENTS, Map.of(), "none").status())
        .isEqualTo(401);
    assertThat(held(card.account())).isZero();
  }

  /** Both copies believe that the same money is theirs; the second one's history is no history. */
  @Test
  void aCopiedTillThatSpendsTheSameAllotmentTwiceIsFrozen() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 5_000);
    SellingTill copy =
        new SellingTill(
            first.selling.registered(), first.enrolled.key(), shop.now::get, CreditTill.RANDOM);
    assertThat(first.send(first.spent(card, 5_000))).containsExactly("ACCEPTED");
    Reply fork =
        first.visitor.client.post(
            Routes.BATCHES, Wire.deflateFast(copy.seal(List.of(copy.opening())).encode()));
    assertThat(fork.problem().code()).isEqualTo(Problem.FORK);
    assertThat(first.ask(UUID.randomUUID(), card.code(), 1).problem().code())
        .isEqualTo(Problem.FROZEN);
    assertThat(balance(card.account())).isZero();
  }

  private String literal(UUID id) {
    String hex = id.toString().replace("-", "");
    return stored == Stored.IN_POSTGRES ? "'\\x" + hex + "'" : "x'" + hex + "'";
  }

  @Test
  void whoSpentOfflineAndComesLateIsHonouredUnlessAManagerTookItAway() throws Exception {
    Card card = giftCard(5_000);
    CreditAllotment allotment = CreditTill.allotment(first.asked(card.code(), 5_000));
    Change late = first.spent(card, 2_000);
    shop.pass(Duration.between(shop.now.get(), allotment.until()).plusDays(3));
    assertThat(second.asked(card.code(), 1).allotment()).as("still held").isNull();
    assertThat(first.send(late)).containsExactly("ACCEPTED");
    Visitor.Signed owner = first.visitor.person("Olu", "owner", null);
    String path = Routes.CREDIT_FREE.replace("{id}", card.account().toString());
    Object device = new Credits.Free(first.enrolled.id());
    assertThat(first.visitor.call("POST", path, device, owner.token()).status()).isEqualTo(200);
    assertThat(first.visitor.call("POST", path, device, owner.token()).status()).isEqualTo(404);
    assertThat(second.asked(card.code(), 3_000).allotment()).isNotNull();
    assertThat(first.send(first.spent(card, 1_000))).containsExactly(OVERSPENT);
    assertThat(second.send(second.spent(card, 3_000))).containsExactly("ACCEPTED");
    assertThat(balance(card.account())).isEqualTo(-1_000);
    assertThat(shop.auditLog())
        .contains("credit.reserved")
        .contains("credit.freed")
        .contains(card.account().toString());
  }

  @Test
  void aManagerOfAnotherStoreSeesAndFreesNothing() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 5_000);
    UUID elsewhere =
        shop.desk()
            .addStore(shop.tenant.id(), "13", "Second Street", java.time.ZoneId.of("UTC"))
            .id();
    Visitor visitor = first.visitor;
    Visitor.Signed other = visitor.person("Ona", "manager", elsewhere);
    Visitor.Signed here = visitor.person("Ira", "manager", shop.store.id());
    Visitor.Signed cashier = visitor.person("Cas", "cashier", shop.store.id());
    String path = Routes.CREDIT_FREE.replace("{id}", card.account().toString());
    Object device = new Credits.Free(first.enrolled.id());
    assertThat(visitor.call("GET", Routes.CREDIT, null, other.token()).text())
        .doesNotContain(card.account().toString());
    assertThat(visitor.call("POST", path, device, other.token()).status()).isEqualTo(404);
    assertThat(visitor.call("POST", path, device, cashier.token()).status()).isEqualTo(403);
    assertThat(held(card.account())).isEqualTo(5_000);
    assertThat(visitor.call("GET", Routes.CREDIT, null, here.token()).text())
        .contains(card.account().toString());
    assertThat(visitor.call("POST", path, device, here.token()).status()).isEqualTo(200);
    assertThat(held(card.account())).isZero();
  }

  @Test
  void noAccountComesNearTheEndOfANumber() throws Exception {
    Card card = first.card(CreditKind.GIFT_CARD);
    long largest = 1_000_000_000_000L;
    assertThat(first.send(first.sold(card, largest))).containsExactly("ACCEPTED", "ACCEPTED");
    shop.change(
        "INSERT INTO credit_movement (device, change_number, part, account, kind, amount, received)"
            + " SELECT device, 999999, 0, account, kind, 999 * "
            + largest
            + ", 0 FROM credit_movement");
    assertThat(first.send(first.sold(card, 1)))
        .containsExactly("QUARANTINED amount-out-of-range", "QUARANTINED amount-out-of-range");
    assertThat(balance(card.account())).isEqualTo(1_000 * largest);
  }

  @Test
  void noCodeStandsInAnyLogOrRow() throws Exception {
    Card card = giftCard(5_000);
    first.asked(card.code(), 5);
    second.ask(UUID.randomUUID(), CreditCode.make(CreditTill.RANDOM), 5);
    String text = card.code().text();
    String bare = text.replace("-", "");
    assertThat(String.join("\n", shop.requestLog)).doesNotContain(text).doesNotContain(bare);
    assertThat(shop.auditLog()).contains("credit.reserved").doesNotContain(text, bare);
    var export = new java.io.ByteArrayOutputStream();
    shop.desk().export(shop.tenant.id(), export);
    StringBuilder all = new StringBuilder(export.toString(StandardCharsets.UTF_8));
    for (String line : all.toString().split("\n")) {
      if (line.startsWith("P ")) {
        all.append(
            new String(Base64.getDecoder().decode(line.substring(2)), StandardCharsets.UTF_8));
      }
    }
    assertThat(all.toString()).contains("credit.issued").doesNotContain(text).doesNotContain(bare);
    // Nor the hash that a till sends, by which a reader of the table could look for one.
    String hash = card.code().hash(shop.tenant.id()).toHex();
    long plain =
        shop.number(
            "SELECT count(*) FROM credit_account WHERE code = ?",
            card.code().hash(shop.tenant.id()));
    assertThat(all.toString()).contains(hash);
    assertThat(plain).isZero();
    assertThat(new Credits.Ask(UUID.randomUUID(), text, 5).toString()).doesNotContain(text);
  }

  /** Random days on three tills, two of them honest: nothing is lost, doubled or promised twice. */
  @Test
  void whatIsOnEveryAccountIsWhatWasPutOnItLessWhatWasSpent() throws Exception {
    long seed = new Random().nextLong();
    Random chance = new Random(seed);
    List<CreditTill> tills = List.of(first, second, CreditTill.in(shop, manager.id()));
    List<Card> cards = new ArrayList<>();
    Map<UUID, Long> balance = new HashMap<>();
    Map<List<UUID>, Long> mine = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      CreditTill till = tills.get(chance.nextInt(3));
      if (cards.size() < 2 || chance.nextInt(8) == 0) {
        Card card = till.card(CreditKind.GIFT_CARD);
        long amount = 1 + chance.nextInt(5_000);
        till.send(till.sold(card, amount));
        cards.add(card);
        balance.put(card.account(), amount);
        continue;
      }
      Card card = cards.get(chance.nextInt(cards.size()));
      List<UUID> pool = List.of(till.enrolled.id(), card.account());
      long have = mine.getOrDefault(pool, 0L);
      switch (chance.nextInt(3)) {
        case 0 -> {
          long amount = 1 + chance.nextInt(3_000);
          long heldByAll =
              mine.entrySet().stream()
                  .filter(each -> each.getKey().get(1).equals(card.account()))
                  .mapToLong(Map.Entry::getValue)
                  .sum();
          boolean free = amount <= balance.get(card.account()) - heldByAll;
          assertThat(till.asked(card.code(), amount).allotment() != null)
              .as("seed %s, step %s", seed, i)
              .isEqualTo(free);
          mine.put(pool, have + (free ? amount : 0));
        }
        case 1 -> {
          boolean honest = till != first;
          long amount =
              honest ? Math.min(have, 1 + chance.nextInt(2_000)) : 1 + chance.nextInt(2_000);
          if (amount > 0) {
            assertThat(till.send(till.spent(card, amount)))
                .as("seed %s, step %s", seed, i)
                .containsExactly(amount <= have ? "ACCEPTED" : OVERSPENT);
            balance.merge(card.account(), -amount, Long::sum);
            mine.put(pool, Math.max(0, have - amount));
          }
        }
        default -> {
          if (have > 0) {
            long back = 1 + chance.nextInt((int) have);
            UUID id = UUID.randomUUID();
            till.giveBack(id, card.account(), back);
            till.giveBack(id, card.account(), back);
            mine.put(pool, have - back);
          }
        }
      }
    }
    for (Card card : cards) {
      assertThat(balance(card.account()))
          .as("seed %s", seed)
          .isEqualTo(balance.get(card.account()));
      assertThat(held(card.account()))
          .as("seed %s", seed)
          .isEqualTo(
              mine.entrySet().stream()
                  .filter(each -> each.getKey().get(1).equals(card.account()))
                  .mapToLong(Map.Entry::getValue)
                  .sum());
    }
  }
}
