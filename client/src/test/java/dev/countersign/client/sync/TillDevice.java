package dev.countersign.client.sync;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.RefundDraft;
import dev.countersign.client.ledger.SaleDraft;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CashTender;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.tax.TaxRounding;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** An enrolled, unlocked device. */
final class TillDevice implements AutoCloseable {
  static final Currency USD = Currency.getInstance("USD");
  static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  final OpenDevice open;
  private final Secret key;
  private final UUID user;
  private final InstantSource clock;

  TillDevice(OpenDevice open, Secret key, UUID user, InstantSource clock) {
    this.open = open;
    this.key = key;
    this.user = user;
    this.clock = clock;
  }

  static EnrolOutcome enrol(String pasted) {
    return new Enrolling(
            ticket -> new ServerConnection(ticket.server(), ticket.pin(), Front.SHORT),
            new SecureRandom(),
            null)
        .enrol(pasted, "Till 1");
  }

  ServerConnection connect() {
    return connect(Front.SHORT);
  }

  ServerConnection connect(ServerConnection.Patience patience) {
    var enrolled = open.ledger().enrolled();
    return ServerConnection.believing(enrolled.server(), open.keys().pins(), patience);
  }

  Actor actor() {
    Instant now = clock.instant();
    return new Actor(user, null, now);
  }

  void openShift() {
    openShift(DAY);
  }

  void openShift(LocalDate day) {
    open.ledger().openShift(actor(), day, Money.of(10_000, USD));
  }

  /** One piece of what is in the catalogue, paid exactly in cash. */
  void sell(Product product, LocalDate day) {
    complete(with(product), day);
  }

  /** A basket with one piece. */
  static Basket with(Product product) {
    return Basket.empty(USD)
        .add(
            new LineItem(product.id(), "", product.name(), product.size(), List.of()),
            Quantity.ONE,
            new LinePrice.Each(product.price()));
  }

  /** One open item, paid exactly in cash. */
  void sell(long minor) {
    Basket basket =
        Basket.empty(USD)
            .add(
                new LineItem(null, "", "Something", "", List.of()),
                Quantity.ONE,
                new LinePrice.Each(Money.of(minor, USD)));
    complete(basket, DAY);
  }

  /** Records what is in the basket, paid exactly in cash. */
  void complete(Basket basket, LocalDate day) {
    var priced = Pricing.price(basket, TaxRounding.perLine(USD));
    if (Settlement.of(priced.total(), List.of(new CashTender(priced.total())), null)
        instanceof Settlement.Settled settled) {
      open.ledger().complete(actor(), new SaleDraft(basket, priced, settled, day, null));
    }
  }

  Witness witness(ServerConnection connection) {
    var enrolled = open.ledger().enrolled();
    return new Witness(
        open.checkpoints(),
        open.replica(),
        connection,
        enrolled.tenant(),
        open.keys()::logKeys,
        clock);
  }

  Pusher pusher(ServerConnection connection) {
    var enrolled = open.ledger().enrolled();
    return new Pusher(
        connection,
        open.outbox(),
        new AcknowledgementCheck(
            enrolled.tenant(), enrolled.device(), open.keys()::serverKey, open.keys()::logKey),
        witness(connection),
        following(connection));
  }

  Following following(ServerConnection connection) {
    return new Following(
        connection, connection::unbelieved, open.keys(), open.ledger().enrolled().tenant());
  }

  PushOutcome push() {
    try (ServerConnection connection = connect()) {
      return pusher(connection).push();
    }
  }

  PullOutcome pull() {
    try (ServerConnection connection = connect()) {
      return new Puller(
              connection,
              new DeviceSignIn(
                  connection,
                  open.ledger().enrolled().device(),
                  open.ledger().enrolled().environment(),
                  open.outbox()::sign,
                  () -> {}),
              open.replica(),
              _ -> {},
              () -> false)
          .pull();
    }
  }

  /** Gives all that is left of a sale's lines back in cash. */
  void takeBack(UUID sale) {
    List<Refunds.Part> parts =
        open.ledger().refundable(sale).stream()
            .map(line -> (Refunds.Part) Refunds.refund(line, line.remaining()))
            .toList();
    Money due =
        Money.sum(USD, parts.stream().map(part -> part.amount().totalIncluded()).toList()).negate();
    if (Settlement.of(due, List.of(new CashTender(due)), null)
        instanceof Settlement.Settled settled) {
      open.ledger().refund(actor(), new RefundDraft(sale, parts, settled, DAY));
    }
  }

  /** Gives a product another price, as a manager does. */
  void price(UUID product, long minor) {
    open.ledger().editProduct(actor(), product, Map.of(Field.PRICE, Long.toString(minor)));
  }

  /** A loop that waits as long as it says. */
  SyncLoop loop(SyncLoop.Rhythm rhythm) {
    return new SyncLoop(
        open,
        connect(),
        new SyncLoop.Surroundings(
            clock, System::nanoTime, new Random(1), Pause.real(), _ -> {}, rhythm));
  }

  /** A loop that waits milliseconds where a shop's waits seconds. */
  SyncLoop loop() {
    return loop(Front.SHORT);
  }

  SyncLoop loop(ServerConnection.Patience patience) {
    return new SyncLoop(
        open,
        connect(patience),
        new SyncLoop.Surroundings(
            clock,
            System::nanoTime,
            new Random(1),
            (bell, atMost) -> Pause.real().await(bell, atMost.dividedBy(100)),
            _ -> {}));
  }

  @Override
  public void close() {
    open.close();
    key.close();
  }
}
