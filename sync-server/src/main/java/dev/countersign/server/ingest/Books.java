package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
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
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sql.Db;
import dev.countersign.server.ingest.JudgedBatch.Judged;
import dev.countersign.server.ingest.ReadChange.Readable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what a judged batch means: sales, shifts, takings, questions, and the feed's other items.
 */
final class Books {
  private record Day(UUID store, LocalDate date, Verdict verdict) {}

  private record MeansDay(UUID store, LocalDate date, SaleCompleted.Means means) {}

  private record Came(long total, long tips) {
    Came plus(Came other) {
      return new Came(Math.addExact(total, other.total), Math.addExact(tips, other.tips));
    }
  }

  private record Sum(long sales, long total) {
    Sum plus(Sum other) {
      return new Sum(Math.addExact(sales, other.sales), Math.addExact(total, other.total));
    }
  }

  /** Where changes come from. */
  record Origin(UUID device, Post post, long batch) {}

  private final SaleFeed feed;
  private final Worklist worklist;

  Books(SaleFeed feed) {
    this.feed = feed;
    this.worklist = new Worklist(feed);
  }

  void write(
      TenantScope scope,
      UUID device,
      Post post,
      long batch,
      JudgedBatch judged,
      BatchGround ground,
      long head,
      Instant received)
      throws SQLException {
    Origin origin = new Origin(device, post, batch);
    List<Judged> asked =
        judged.changes().stream()
            .filter(one -> one.judgement().verdict() != Verdict.ACCEPTED)
            .toList();
    String register = asked.isEmpty() ? "" : registerName(scope.db(), post);
    for (Judged one : asked) {
      worklist.ask(scope, origin, register, one, ground, received);
    }
    // A question is told by the feed, and has taken a number there.
    record(scope, origin, judged, ground, asked.isEmpty() ? head : head(scope), received);
    for (Questions.Decided decided : ground.questions().decided()) {
      worklist.decide(scope, decided, received);
      Questions.Accepted accepted = decided.accepted();
      if (accepted != null) {
        // What was accepted before it is in the books by now, and was not when it was looked at.
        Optional<Questions.Accepted> now = ground.questions().again(accepted);
        if (now.isPresent()) {
          accept(scope, now.get(), received);
        }
      }
    }
  }

  /** What was quarantined counts from now on, as what its device is and not as who decided. */
  private void accept(TenantScope scope, Questions.Accepted accepted, Instant received)
      throws SQLException {
    Post post = accepted.post();
    Questions.Key key = accepted.key();
    Origin origin = new Origin(key.device(), post, key.batch());
    Readable read =
        new Readable(key.number(), Hash.ZERO, accepted.change(), FirstLook.at(accepted.change()));
    record(
        scope,
        origin,
        new JudgedBatch(List.of(new Judged(read, accepted.judgement())), 0),
        accepted.ground(),
        head(scope),
        received);
  }

  private long head(TenantScope scope) throws SQLException {
    return feed.head(scope).get();
  }

  /**
   * @param head the number of the newest thing in the feed
   */
  private void record(
      TenantScope scope,
      Origin origin,
      JudgedBatch judged,
      BatchGround ground,
      long head,
      Instant received)
      throws SQLException {
    Db db = scope.db();
    long seq = head;
    SaleRows rows = new SaleRows();
    Map<Day, Sum> takings = new HashMap<>();
    Map<MeansDay, Came> byMeans = new HashMap<>();
    for (Judged one : judged.changes()) {
      if (one.judgement().counts()
          && one.read() instanceof Readable(long _, var _, Change change, var _)) {
        switch (change.body()) {
          case SaleCompleted sale -> {
            rows.add(++seq, origin, change, sale, one.judgement(), received);
            takings.merge(
                new Day(sale.store(), sale.businessDate(), one.judgement().verdict()),
                new Sum(1, sale.total()),
                Sum::plus);
            addMeans(byMeans, sale);
          }
          case ShiftOpened shift -> insert(db, origin.device(), change, shift, one.judgement());
          case CashMoved cash -> insert(db, origin.device(), change, cash, one.judgement());
          case DrawerOpened drawer -> insert(db, origin.device(), change, drawer, one.judgement());
          case ShiftClosed _,
              DrawerCounted _,
              ProductChanged _,
              PromotionWritten _,
              PriceListWritten _,
              TaxWritten _,
              CustomerAdded _,
              CustomerChanged _,
              CustomerTermsWritten _,
              VerdictResolved _,
              CreditIssued _,
              StockMoved _,
              StockCounted _,
              SaleParked _,
              SaleRecalled _ -> {
            // The ground has them, with what they close, change, decide, open and count.
          }
          case BasketVoided _, PaymentReturned _, SuspicionReported _, TrainingSwitched _ -> {
            // Their trace is the audit log's entry; they move no money.
          }
        }
      }
    }
    rows.write(db);
    add(db, takings, byMeans);
    ground.shifts().write(db, received);
    ground.soldLines().write(scope, feed);
    ground.credits().write(scope, received);
    ground.tellProducts(scope, feed);
    ground.customers().write(scope, feed);
    ground.accounts().write(scope, feed);
    ground.written().write(scope, feed, origin.device(), received);
    ground.stock().write(db, origin.device(), origin.post().store());
    if (!ground.parked().isEmpty()) {
      Post post = origin.post();
      ground.parked().write(scope, feed, origin.device(), post.store(), registerName(db, post));
    }
  }

  private static void add(Db db, Map<Day, Sum> takings, Map<MeansDay, Came> byMeans)
      throws SQLException {
    for (var day : takings.entrySet()) {
      add(db, day.getKey(), day.getValue());
    }
    for (var day : byMeans.entrySet()) {
      add(db, day.getKey(), day.getValue());
    }
  }

  /** Empty for an office. */
  private static String registerName(Db db, Post post) throws SQLException {
    if (post.register() == null) {
      return "";
    }
    return db.first("SELECT name FROM register WHERE id = ?", row -> row.text(1), post.register())
        .orElse("");
  }

  private static void insert(
      Db db, UUID device, Change change, ShiftOpened shift, Judgement judgement)
      throws SQLException {
    db.update(
        """
        INSERT INTO shift (id, device, store, register, number, business_date, currency, float,
          cash, at, actor, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        change.entity(),
        device,
        shift.store(),
        shift.register(),
        shift.number(),
        shift.businessDate(),
        shift.currency(),
        shift.floatMinor(),
        shift.floatMinor(),
        change.at(),
        change.actor(),
        judgement.verdict().name());
  }

  private static void insert(Db db, UUID device, Change change, CashMoved cash, Judgement judgement)
      throws SQLException {
    db.update(
        """
        INSERT INTO cash_movement (id, device, shift, at, actor, amount, reason, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        change.entity(),
        device,
        cash.shift(),
        change.at(),
        change.actor(),
        cash.amount(),
        cash.reason(),
        judgement.verdict().name());
  }

  private static void insert(
      Db db, UUID device, Change change, DrawerOpened drawer, Judgement judgement)
      throws SQLException {
    db.update(
        """
        INSERT INTO drawer_opening (id, device, shift, at, actor, reason, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        change.entity(),
        device,
        drawer.shift(),
        change.at(),
        change.actor(),
        drawer.reason(),
        judgement.verdict().name());
  }

  private static void add(Db db, Day day, Sum sum) throws SQLException {
    db.put(
        """
        UPDATE takings SET sales = sales + ?, total = total + ?
        WHERE store = ? AND business_date = ? AND verdict = ?\
        """,
        """
        INSERT INTO takings (sales, total, store, business_date, verdict)
        VALUES (?, ?, ?, ?, ?)\
        """,
        sum.sales(),
        sum.total(),
        day.store(),
        day.date(),
        day.verdict().name());
  }

  private static void addMeans(Map<MeansDay, Came> byMeans, SaleCompleted sale) {
    for (SaleCompleted.Paid paid : sale.tenders()) {
      byMeans.merge(day(sale, paid.means()), new Came(paid.amount(), 0), Came::plus);
    }
    if (sale.change() != 0) {
      byMeans.merge(day(sale, SaleCompleted.Means.CASH), new Came(-sale.change(), 0), Came::plus);
    }
    sale.tips()
        .forEach((means, tip) -> byMeans.merge(day(sale, means), new Came(0, tip), Came::plus));
  }

  private static MeansDay day(SaleCompleted sale, SaleCompleted.Means means) {
    return new MeansDay(sale.store(), sale.businessDate(), means);
  }

  private static void add(Db db, MeansDay day, Came came) throws SQLException {
    db.put(
        """
        UPDATE takings_means SET total = total + ?, tips = tips + ?
        WHERE store = ? AND business_date = ? AND means = ?\
        """,
        """
        INSERT INTO takings_means (total, tips, store, business_date, means)
        VALUES (?, ?, ?, ?, ?)\
        """,
        came.total(),
        came.tips(),
        day.store(),
        day.date(),
        day.means().name());
  }
}
