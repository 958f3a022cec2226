package dev.countersign.client.ledger;

import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.PaymentReturned;
import dev.countersign.common.change.PaymentReturned.How;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.money.Money;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.CardTender;
import dev.countersign.common.sale.Tender;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was taken for the running sale, and what went back of it. */
final class PaymentBook {
  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;
  private final Recorder recorder;
  private final InstantSource clock;

  PaymentBook(
      TillStore store, Enrolled enrolled, Users users, Recorder recorder, InstantSource clock) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
    this.clock = clock;
  }

  void keep(Basket basket, OpenPayment payment) {
    SaleChecks.refuseCardNumbers(basket);
    store.write(db -> keep(db, basket, payment));
  }

  /** With the basket, also an empty one: a shift is not closed while money is between two hands. */
  private int keep(Db db, Basket basket, OpenPayment payment) throws SQLException {
    if (payment.isEmpty() && basket.isUntouched()) {
      return db.update(Ledger.CLEAR_DRAFT);
    }
    return db.update(
        "UPDATE state SET draft = ?, draft_since = coalesce(draft_since, ?), paying = ?",
        DraftCodec.encode(basket),
        clock.instant(),
        payment.isEmpty() ? null : PaymentCodec.encode(payment));
  }

  Optional<KeptSale> kept() {
    return store.read(PaymentBook::kept);
  }

  private static Optional<KeptSale> kept(Db db) throws SQLException {
    return db.first(
        "SELECT draft, paying FROM state WHERE draft IS NOT NULL",
        row -> {
          byte @Nullable [] paying = row.bytesOrNull(2);
          Basket basket = DraftCodec.decode(row.bytes(1));
          return new KeptSale(
              basket,
              paying == null
                  ? OpenPayment.none(Money.zero(basket.currency()))
                  : PaymentCodec.decode(paying));
        });
  }

  /** Whether a card has money of the running basket back that nobody can call back. */
  static boolean hasGone(Db db) throws SQLException {
    return kept(db).map(KeptSale::payment).map(OpenPayment::tenders).orElse(List.of()).stream()
        .anyMatch(each -> each.amount().isNegative());
  }

  void giveBack(Actor actor, Basket basket, Tender tender, How how, OpenPayment left) {
    Paid paid = SaleBody.paid(tender);
    returned(actor, basket, left, paid.means(), paid.amount(), paid.reference(), how);
  }

  void notCharged(Actor actor, Basket basket, OpenPayment.Asked asked, OpenPayment left) {
    CardTender card = asked.card();
    returned(
        actor,
        basket,
        left,
        Means.CARD,
        asked.amount().minor(),
        card == null ? "" : card.reference(),
        card == null ? How.NOT_CHARGED : How.NOT_REFUNDED);
  }

  private void returned(
      Actor actor,
      Basket basket,
      OpenPayment left,
      Means means,
      long amount,
      String reference,
      How how) {
    UUID register = enrolled.requireRegister();
    users.require(actor, List.of(PermissionKey.SALE_RING));
    store.write(
        db -> {
          State state = State.read(db);
          // Nothing handed over leaves no trace; what would have gone out counts as what came in.
          if (amount != 0) {
            PaymentReturned body =
                new PaymentReturned(
                    enrolled.store(),
                    register,
                    state.requireShift(),
                    enrolled.currency().getCurrencyCode(),
                    means,
                    Math.abs(amount),
                    reference,
                    how);
            recorder.append(db, actor, state, recorder.newId(), body);
          }
          return keep(db, basket, left);
        });
  }
}
