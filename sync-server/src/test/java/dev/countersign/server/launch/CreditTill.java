package dev.countersign.server.launch;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CreditIssued;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Acknowledgement;
import dev.countersign.common.protocol.CreditAllotment;
import dev.countersign.common.protocol.Credits;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.sale.CreditCode;
import dev.countersign.common.sale.CreditKind;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A till that deals in gift cards and does what a test tells it, also what no till would do. */
final class CreditTill {
  /** A card in a customer's hand. */
  record Card(UUID account, CreditKind kind, CreditCode code) {}

  static final SecureRandom RANDOM = new SecureRandom();

  final RunningServer shop;
  final UUID tenant;
  final Visitor visitor;
  final Enrolled enrolled;
  final SellingTill selling;
  private @Nullable String token;

  private CreditTill(RunningServer shop, Visitor visitor, Enrolled enrolled, UUID who)
      throws Exception {
    this.shop = shop;
    this.tenant = shop.tenant.id();
    this.visitor = visitor;
    this.enrolled = enrolled;
    this.selling =
        new SellingTill(
            new SellingTill.Registered(
                tenant,
                enrolled.id(),
                shop.store.id(),
                shop.register.id(),
                enrolled.certificate().series(),
                "USD",
                who),
            enrolled.key(),
            shop.now::get,
            RANDOM);
    send(selling.opening());
  }

  /** A till of the shop, with its shift open, used by somebody who may do all this. */
  static CreditTill in(RunningServer shop, UUID who) throws Exception {
    Visitor visitor = new Visitor(shop);
    return new CreditTill(shop, visitor, visitor.client.enrol(shop.tillTicket(), "Till"), who);
  }

  Card card(CreditKind kind) {
    return new Card(selling.id(), kind, CreditCode.make(RANDOM));
  }

  /** Sells a card for cash: the sale and the account. */
  List<Change> sold(Card card, long amount) {
    SaleCompleted usual = selling.saleBody(null, 1);
    UUID sale = selling.id();
    SaleCompleted body =
        body(
            usual,
            List.of(),
            List.of(new Paid(Means.CASH, amount, "", "")),
            0,
            List.of(new SaleCompleted.Credit(card.account(), amount)));
    return List.of(selling.change(sale, body), issued(card, amount, sale));
  }

  Change issued(Card card, long amount, @Nullable UUID sale) {
    return selling.change(
        card.account(),
        new CreditIssued(
            shop.store.id(),
            shop.register.id(),
            selling.shift(),
            card.kind(),
            card.code().hash(tenant).toHex(),
            "USD",
            amount,
            sale));
  }

  /** Sells something that is paid from a card. */
  Change spent(Card card, long amount) {
    return spent(card.account(), Means.valueOf(card.kind().name()), amount);
  }

  Change spent(UUID account, Means means, long amount) {
    SaleCompleted usual = selling.saleBody(null, amount);
    return selling.change(
        selling.id(),
        body(
            usual,
            usual.lines(),
            List.of(new Paid(means, amount, "", "", account)),
            amount,
            List.of()));
  }

  static SaleCompleted body(
      SaleCompleted usual,
      List<SaleCompleted.Line> lines,
      List<Paid> tenders,
      long total,
      List<SaleCompleted.Credit> credits) {
    return new SaleCompleted(
        usual.store(),
        usual.register(),
        usual.shift(),
        usual.receipt(),
        usual.businessDate(),
        usual.currency(),
        lines,
        tenders,
        total,
        0,
        0,
        0,
        List.of(),
        null,
        credits,
        "",
        List.of(),
        0);
  }

  /** Sends changes, and says of each what came of it, such as {@code FLAGGED no-shift}. */
  List<String> send(Change... changes) throws Exception {
    return send(List.of(changes));
  }

  List<String> send(List<Change> changes) throws Exception {
    Reply reply =
        visitor.client.post(Routes.BATCHES, Wire.deflateFast(selling.seal(changes).encode()));
    if (reply.status() != 200) {
      throw new AssertionError(reply.text());
    }
    Acknowledgement ack =
        Json.decode(Envelope.decode(reply.body()).payload(), Acknowledgement.class);
    List<String> said = new ArrayList<>();
    ack.verdicts().forEach(each -> said.add((each.verdict() + " " + each.code()).strip()));
    return said;
  }

  Reply ask(UUID request, CreditCode code, long amount) throws Exception {
    return post(Routes.CREDIT_ALLOTMENTS, new Credits.Ask(request, code.text(), amount));
  }

  Credits.Answer asked(CreditCode code, long amount) throws Exception {
    return ask(UUID.randomUUID(), code, amount).as(Credits.Answer.class);
  }

  Reply giveBack(UUID id, UUID account, long amount) throws Exception {
    return post(Routes.CREDIT_RETURNS, new Credits.Return(id, account, amount));
  }

  Reply post(String path, Object body) throws Exception {
    String known = token;
    if (known != null) {
      Reply reply = visitor.call("POST", path, body, known);
      if (reply.status() != 401) {
        return reply;
      }
    }
    token = visitor.client.token(enrolled);
    return visitor.call("POST", path, body, token);
  }

  static CreditAllotment allotment(Credits.Answer answer) throws Exception {
    Envelope envelope = Envelope.decode(Base64.getDecoder().decode(answer.allotment()));
    return Json.decode(envelope.payload(), CreditAllotment.class);
  }
}
