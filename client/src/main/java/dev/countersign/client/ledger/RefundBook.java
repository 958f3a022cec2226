package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Sold;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sale.RefundableLine;
import dev.countersign.common.sale.Refunds;
import dev.countersign.common.sale.Settlement;
import dev.countersign.common.sql.Db;
import dev.countersign.common.tax.TaxShare;
import dev.countersign.common.tax.TaxedAmount;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final Users users;
  private final Recorder recorder;
  private final OlderSaleBook older;
  private final CreditBook credit;

  RefundBook(
      TillStore store,
      Enrolled enrolled,
      Users users,
      Recorder recorder,
      OlderSaleBook older,
      CreditBook credit) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
    this.recorder = recorder;
    this.older = older;
    this.credit = credit;
  }

  List<RefundableLine> refundable(UUID sale) {
    return store.read(db -> refundable(db, sale));
  }

  private List<RefundableLine> refundable(Db db, UUID sale) throws SQLException {
    Optional<SaleCompleted> sold = older.sold(db, sale);
    if (sold.isEmpty()) {
      return List.of();
    }
    List<RefundableLine> lines = new ArrayList<>();
    for (Line line : sold.get().lines()) {
      if (line.quantity().isPositive() && line.refunds() == null) {
        lines.add(withRefunds(db, sale, line));
      }
    }
    return lines;
  }

  private RefundableLine withRefunds(Db db, UUID sale, Line line) throws SQLException {
    TaxedAmount paid = paid(line);
    Quantity here = sum(db, sale, line.no(), 0);
    Quantity waiting = sum(db, sale, line.no(), acknowledged(db));
    Quantity told = said(db, sale, line.no());
    Quantity then = older.refunded(db, sale, line.no());
    Quantity everywhere = (told.compareTo(then) > 0 ? told : then).plus(waiting);
    Quantity back = everywhere.compareTo(here) > 0 ? everywhere : here;
    Quantity refunded = back.compareTo(line.quantity()) > 0 ? line.quantity() : back;
    return new RefundableLine(
        line.no(), line.quantity(), paid, refunded, given(paid, line, refunded));
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

  private static Quantity said(Db db, UUID sale, int line) throws SQLException {
    Optional<byte[]> body =
        db.first(
            "SELECT body FROM reference WHERE kind = 'refunded' AND id = ?",
            row -> row.bytes(1),
            sale);
    if (body.isEmpty()) {
      return Quantity.ZERO;
    }
    return OlderSaleBook.of(Json.decode(body.get(), RefundedItem.class), line);
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

  CompletedSale refund(Actor actor, RefundDraft draft) {
    UUID register = enrolled.requireRegister();
    String cashier = users.nameOf(actor.user());
    UUID id = recorder.newId();
    return store.write(
        db -> {
          SaleCompleted sold =
              older
                  .sold(db, draft.sale())
                  .orElseThrow(() -> new ActRefusedException(Reason.NOT_REFUNDABLE));
          List<Line> lines = lines(db, draft, sold);
          requireSums(draft, lines);
          State state = State.read(db);
          ReceiptNumber receipt = new ReceiptNumber(enrolled.series(), state.receipt() + 1);
          SaleCompleted fact =
              fact(draft, lines, register, state.requireShift(), receipt.toString());
          users.require(actor, fact.requires());
          long number = state.change() + 1;
          recorder.insertSale(db, actor, number, id, receipt, fact);
          credit.open(
              db,
              actor,
              new State(number, receipt.number(), state.requireShift()),
              credit.slips(db, draft.settlement().tenders(), id));
          for (Line line : lines) {
            insert(db, number, line);
          }
          return new CompletedSale(id, number, actor.at(), actor.user(), cashier, fact);
        });
  }

  private List<Line> lines(Db db, RefundDraft draft, SaleCompleted sold) throws SQLException {
    List<RefundableLine> left = refundable(db, draft.sale());
    Set<Integer> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Refunds.Part part : draft.parts()) {
      RefundableLine line =
          left.stream()
              .filter(each -> each.lineNo() == part.lineNo())
              .findFirst()
              .orElseThrow(() -> new ActRefusedException(Reason.NOT_REFUNDABLE));
      boolean stands =
          seen.add(part.lineNo())
              && part.quantity().isPositive()
              && Refunds.refund(line, part.quantity()).equals(part);
      if (!stands) {
        throw new ActRefusedException(Reason.NOT_REFUNDABLE);
      }
      lines.add(line(draft, sold, part, lines.size() + 1));
    }
    if (lines.isEmpty()) {
      throw new ActRefusedException(Reason.EMPTY_BASKET);
    }
    return lines;
  }

  private static Line line(RefundDraft draft, SaleCompleted sold, Refunds.Part part, int no) {
    Line was =
        sold.lines().stream()
            .filter(each -> each.no() == part.lineNo())
            .findFirst()
            .orElseThrow(() -> new ActRefusedException(Reason.NOT_REFUNDABLE));
    List<Tax> taxes =
        part.amount().shares().stream()
            .map(
                share ->
                    new Tax(
                        share.ruleId(),
                        share.name(),
                        share.rate().toPlainString(),
                        -share.base().minor(),
                        -share.amount().minor()))
            .toList();
    return new Line(
        no,
        was.product(),
        was.code(),
        was.name(),
        part.quantity().negate(),
        was.unit(),
        null,
        -part.amount().totalIncluded().minor(),
        taxes,
        new Sold(draft.sale(), part.lineNo()));
  }

  private void requireSums(RefundDraft draft, List<Line> lines) {
    Settlement.Settled paid = draft.settlement();
    long total = lines.stream().mapToLong(Line::amount).sum();
    Money tendered =
        Money.sum(
            enrolled.currency(), paid.tenders().stream().map(tender -> tender.amount()).toList());
    boolean agree =
        paid.due().equals(money(total))
            && paid.change().isZero()
            && tendered.equals(paid.due().plus(paid.rounding()));
    if (!agree) {
      throw new ActRefusedException(Reason.SUMS_DO_NOT_AGREE);
    }
  }

  private SaleCompleted fact(
      RefundDraft draft, List<Line> lines, UUID register, UUID shift, String receipt) {
    List<Paid> tenders = draft.settlement().tenders().stream().map(SaleBody::paid).toList();
    long tax = 0;
    for (Line line : lines) {
      for (Tax each : line.taxes()) {
        tax += each.amount();
      }
    }
    return new SaleCompleted(
        enrolled.store(),
        register,
        shift,
        receipt,
        draft.businessDate(),
        enrolled.currency().getCurrencyCode(),
        lines,
        tenders,
        lines.stream().mapToLong(Line::amount).sum(),
        tax,
        draft.settlement().rounding().minor(),
        0,
        List.of(),
        null);
  }

  private static void insert(Db db, long change, Line line) throws SQLException {
    Sold sold = line.refunds();
    if (sold != null) {
      db.update(
          "INSERT INTO refunded (sale, line, change, quantity) VALUES (?, ?, ?, ?)",
          sold.sale(),
          sold.line(),
          change,
          line.quantity().negate().millionths());
    }
  }

  private Money money(long minor) {
    return Money.of(minor, enrolled.currency());
  }
}
