package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.MoneyBack;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.LinePrice;
import dev.countersign.common.sale.PricedBasket;
import dev.countersign.common.sale.PricedLine;
import dev.countersign.common.sale.Pricing;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sql.Db;
import dev.countersign.common.tax.TaxRounding;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What comes back of the sales of this till, and of those that it fetched. How much is left of a
 * line is the smaller of what this till knows by itself and what the server said of all tills with
 * what waits here on top; the server holds the cap in the end.
 */
final class RefundBook {
  private final TillStore store;
  private final Enrolled enrolled;
  private final OlderSaleBook older;

  RefundBook(TillStore store, Enrolled enrolled, OlderSaleBook older) {
    this.store = store;
    this.enrolled = enrolled;
    this.older = older;
  }

  List<RefundableLine> refundable(UUID sale) {
    return soldBefore(sale).map(SoldBefore::lines).orElse(List.of());
  }

  Optional<SoldBefore> soldBefore(UUID sale) {
    return store.read(db -> soldBefore(db, sale));
  }

  Optional<SoldBefore> soldBefore(ReceiptNumber receipt) {
    return store.read(
        db -> {
          Optional<UUID> own =
              receipt.series().equals(enrolled.series())
                  ? older.own(db, receipt.number())
                  : Optional.empty();
          Optional<UUID> found = own.isPresent() ? own : older.fetched(db, receipt.toString());
          return found.isPresent() ? soldBefore(db, found.get()) : Optional.empty();
        });
  }

  private Optional<SoldBefore> soldBefore(Db db, UUID sale) throws SQLException {
    Optional<CompletedSale> sold = older.sold(db, sale);
    if (sold.isEmpty()) {
      return Optional.empty();
    }
    Told told = new Told(said(db, sale), older.refunded(db, sale), acknowledged(db));
    List<RefundableLine> lines = new ArrayList<>();
    for (Line line : sold.get().body().lines()) {
      if (line.quantity().isPositive() && line.refunds() == null) {
        lines.add(withRefunds(db, sale, line, told));
      }
    }
    return Optional.of(new SoldBefore(sold.get(), lines, left(db, sold.get(), told)));
  }

  /**
   * What the server said had come back.
   *
   * @param now by the feed
   * @param then when the sale was fetched
   * @param acknowledged the last change of this till that is in it
   */
  private record Told(RefundedItem now, RefundedItem then, long acknowledged) {}

  private RefundableLine withRefunds(Db db, UUID sale, Line line, Told told) throws SQLException {
    TaxedAmount paid = paid(line);
    Quantity here = sum(db, sale, line.no(), 0);
    Quantity waiting = sum(db, sale, line.no(), told.acknowledged());
    Quantity now = OlderSaleBook.of(told.now(), line.no());
    Quantity then = OlderSaleBook.of(told.then(), line.no());
    Quantity everywhere = (now.compareTo(then) > 0 ? now : then).plus(waiting);
    Quantity back = everywhere.compareTo(here) > 0 ? everywhere : here;
    Quantity refunded = back.compareTo(line.quantity()) > 0 ? line.quantity() : back;
    return new RefundableLine(
        line.no(), line.quantity(), paid, refunded, given(paid, line, refunded));
  }

  private static Map<Means, Long> left(Db db, CompletedSale sale, Told told) throws SQLException {
    Map<Means, Long> given = new EnumMap<>(Means.class);
    for (Means means : Means.values()) {
      long here = sum(db, sale.id(), means, 0);
      long waiting = sum(db, sale.id(), means, told.acknowledged());
      long everywhere = Math.max(of(told.now(), means), of(told.then(), means)) + waiting;
      given.put(means, Math.max(here, everywhere));
    }
    return MoneyBack.less(MoneyBack.cameIn(sale.body()), given);
  }

  private static long of(RefundedItem told, Means means) {
    return told.given().stream()
        .filter(each -> each.means().equals(means.name()))
        .mapToLong(RefundedItem.Given::amount)
        .sum();
  }

  private static long sum(Db db, UUID sale, Means means, long after) throws SQLException {
    return db.first(
            "SELECT coalesce(sum(given), 0) FROM refund_means"
                + " WHERE sale = ? AND means = ? AND change > ?",
            row -> row.integer(1),
            sale,
            means.name(),
            after)
        .orElse(0L);
  }

  /** By this till's own arithmetic, which every till shares: what so much of the line gave back. */
  private static TaxedAmount given(TaxedAmount paid, Line line, Quantity refunded) {
    RefundableLine none = RefundableLine.of(line.no(), line.quantity(), paid);
    if (refunded.isZero()) {
      return none.refundedAmount();
    }
    return Refunds.refund(none, refunded) instanceof Refunds.Part part
        ? part.amount()
        : none.refundedAmount();
  }

  private static long acknowledged(Db db) throws SQLException {
    return db.first(
            "SELECT last FROM batch WHERE ack IS NOT NULL ORDER BY number DESC LIMIT 1",
            row -> row.integer(1))
        .orElse(0L);
  }

  private static Quantity sum(Db db, UUID sale, int line, long after) throws SQLException {
    return db.first(
            "SELECT coalesce(sum(quantity), 0) FROM refunded"
                + " WHERE sale = ? AND line = ? AND change > ?",
            row -> new Quantity(row.integer(1)),
            sale,
            line,
            after)
        .orElse(Quantity.ZERO);
  }

  private static RefundedItem said(Db db, UUID sale) throws SQLException {
    return db.first(
            "SELECT body FROM reference WHERE kind = 'refunded' AND id = ?",
            row -> Json.decode(row.bytes(1), RefundedItem.class),
            sale)
        .orElse(new RefundedItem(List.of(), List.of()));
  }

  private TaxedAmount paid(Line line) {
    List<TaxShare> shares = line.taxes().stream().map(this::share).toList();
    Money gross = money(line.amount());
    Money net = gross;
    for (TaxShare share : shares) {
      net = net.minus(share.amount());
    }
    return new TaxedAmount(net, gross, shares);
  }

  private TaxShare share(Tax tax) {
    return new TaxShare(
        tax.rule(), tax.name(), new BigDecimal(tax.rate()), money(tax.base()), money(tax.amount()));
  }

  /** The gift cards and slips that paid for what comes back, as far as it is known here. */
  Set<UUID> paidBy(Db db, SaleCompleted refund) throws SQLException {
    Set<UUID> accounts = new HashSet<>();
    for (UUID sale : sales(refund)) {
      for (Paid paid : older.sold(db, sale).map(sold -> sold.body().tenders()).orElse(List.of())) {
        if (paid.account() != null) {
          accounts.add(paid.account());
        }
      }
    }
    return accounts;
  }

  /** The sales of which something comes back. */
  private static Set<UUID> sales(SaleCompleted refund) {
    Set<UUID> sales = new HashSet<>();
    for (Line line : refund.lines()) {
      Sold sold = line.refunds();
      if (sold != null) {
        sales.add(sold.sale());
      }
    }
    return sales;
  }

  /** The basket of a refund beside which nothing is sold. */
  SaleDraft asSale(RefundDraft draft) {
    SoldBefore sold =
        soldBefore(draft.sale()).orElseThrow(() -> new ActRefusedException(Reason.NOT_REFUNDABLE));
    Basket basket = Basket.empty(enrolled.currency());
    for (Refunds.Part part : draft.parts()) {
      boolean stands =
          sold.lines().stream().anyMatch(line -> line.lineNo() == part.lineNo())
              && part.quantity().isPositive()
              && !part.amount().totalIncluded().isNegative();
      if (!stands) {
        throw new ActRefusedException(Reason.NOT_REFUNDABLE);
      }
      basket = sold.bringBack(basket, part, draft.reason());
    }
    return new SaleDraft(
        basket,
        Pricing.price(basket, TaxRounding.perLine(enrolled.currency())),
        draft.settlement(),
        draft.businessDate(),
        draft.original());
  }

  /**
   * Looks, within the transaction, whether all that comes back of receipts is left of them, and
   * gives back what was paid.
   */
  void check(Db db, PricedBasket priced) throws SQLException {
    Map<UUID, Optional<SoldBefore>> sales = new HashMap<>();
    Map<Sold, RefundableLine> left = new HashMap<>();
    for (PricedLine each : priced.lines()) {
      if (each.line().price() instanceof LinePrice.Refunded back) {
        Sold sold = new Sold(back.sale(), back.part().lineNo());
        RefundableLine line = left.get(sold);
        if (line == null) {
          Optional<SoldBefore> sale = sales.get(sold.sale());
          if (sale == null) {
            sale = soldBefore(db, sold.sale());
            sales.put(sold.sale(), sale);
          }
          line =
              sale.flatMap(from -> line(from, back, each.line().item()))
                  .orElseThrow(() -> new ActRefusedException(Reason.NOT_REFUNDABLE));
        }
        boolean stands =
            Refunds.refund(line, back.part().quantity()).equals(back.part())
                && each.taxed().equals(back.part().amount().negate());
        if (!stands) {
          throw new ActRefusedException(Reason.NOT_REFUNDABLE);
        }
        left.put(sold, line.after(back.part()));
      }
    }
  }

  private static Optional<RefundableLine> line(
      SoldBefore sold, LinePrice.Refunded back, LineItem item) {
    SaleCompleted body = sold.sale().body();
    boolean same =
        body.receipt().equals(back.receipt())
            && body.lines().stream()
                .anyMatch(
                    line ->
                        line.no() == back.part().lineNo()
                            && Objects.equals(line.product(), item.productId()));
    return sold.lines().stream()
        .filter(each -> same && each.lineNo() == back.part().lineNo())
        .findFirst();
  }

  /** What a refund needs beyond what can be seen of it alone. */
  Set<PermissionKey> requires(Db db, SaleCompleted fact) throws SQLException {
    // What is paid off goes to an account and to nobody's hand.
    boolean over = !fact.paysOff() && split(db, fact).over() > 0;
    return over ? Set.of(PermissionKey.SALE_REFUND_MEANS) : Set.of();
  }

  private MoneyBack.Split split(Db db, SaleCompleted fact) throws SQLException {
    Map<UUID, Map<Means, Long>> left = new HashMap<>();
    for (UUID sale : sales(fact)) {
      left.put(sale, soldBefore(db, sale).map(SoldBefore::left).orElse(Map.of()));
    }
    return MoneyBack.split(fact, sale -> left.getOrDefault(sale, Map.of()));
  }

  /** Keeps what came back, within the transaction that records it under this change. */
  void keep(Db db, long change, SaleCompleted fact) throws SQLException {
    if (sales(fact).isEmpty()) {
      return;
    }
    for (Map.Entry<UUID, Map<Means, Long>> sale : split(db, fact).bySale().entrySet()) {
      for (Map.Entry<Means, Long> each : sale.getValue().entrySet()) {
        db.update(
            "INSERT INTO refund_means (sale, means, change, given) VALUES (?, ?, ?, ?)",
            sale.getKey(),
            each.getKey().name(),
            change,
            each.getValue());
      }
    }
    for (Line line : fact.lines()) {
      Sold sold = line.refunds();
      if (sold != null) {
        db.update(
            "INSERT INTO refunded (sale, line, change, quantity) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (sale, line, change)"
                + " DO UPDATE SET quantity = quantity + excluded.quantity",
            sold.sale(),
            sold.line(),
            change,
            line.quantity().negate().millionths());
      }
    }
  }

  private Money money(long minor) {
    return Money.of(minor, enrolled.currency());
  }
}
