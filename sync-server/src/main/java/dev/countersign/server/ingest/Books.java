package dev.countersign.server.ingest;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftOpened;
import dev.countersign.common.protocol.FeedBody.SaleItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sql.Db;
import dev.countersign.server.ingest.JudgedBatch.Judged;
import dev.countersign.server.ingest.ReadChange.Readable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes what a judged batch means: sales, shifts, takings, quarantine, and the feed's sales. */
final class Books {
  private record Day(UUID store, LocalDate date, Verdict verdict) {}

  private record Sum(long sales, long total) {
    Sum plus(Sum other) {
      return new Sum(Math.addExact(sales, other.sales), Math.addExact(total, other.total));
    }
  }

  private final SaleFeed feed;

  Books(SaleFeed feed) {
    this.feed = feed;
  }

  void write(
      TenantScope scope,
      UUID device,
      Post post,
      long batch,
      JudgedBatch judged,
      BatchGround ground,
      Instant received)
      throws SQLException {
    Db db = scope.db();
    List<SaleFeed.Sold> sold = new ArrayList<>(judged.changes().size());
    Map<Day, Sum> takings = new HashMap<>();
    String register = registerName(db, post);
    for (Judged one : judged.changes()) {
      if (!one.judgement().counts()) {
        quarantine(db, device, batch, one, received);
      } else if (one.read() instanceof Readable(long _, var _, Change change)) {
        switch (change.body()) {
          case SaleCompleted sale -> {
            insert(db, device, change, sale, one.judgement(), Judge.receiptOf(sale, post));
            takings.merge(
                new Day(sale.store(), sale.businessDate(), one.judgement().verdict()),
                new Sum(1, sale.total()),
                Sum::plus);
            sold.add(item(change, sale, one.judgement(), register, ground));
          }
          case ShiftOpened shift -> insert(db, device, change, shift, one.judgement());
          case BasketVoided _ -> {
            // Its trace is the audit log's entry; it moves no money.
          }
        }
      }
    }
    for (var day : takings.entrySet()) {
      add(db, day.getKey(), day.getValue());
    }
    if (judged.highestReceipt() > 0) {
      reached(db, device, judged.highestReceipt());
    }
    if (!sold.isEmpty()) {
      feed.sold(scope, sold);
    }
  }

  private static String registerName(Db db, Post post) throws SQLException {
    if (post.register() == null) {
      return "";
    }
    return db.first("SELECT name FROM register WHERE id = ?", row -> row.text(1), post.register())
        .orElse("");
  }

  private static void insert(
      Db db, UUID device, Change change, SaleCompleted sale, Judgement judgement, long receipt)
      throws SQLException {
    db.update(
        """
        INSERT INTO sale (id, device, receipt_number, receipt, store, register, shift, at,
          business_date, actor, lines, total, currency, verdict, code, change_number)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        change.entity(),
        device,
        receipt,
        sale.receipt(),
        sale.store(),
        sale.register(),
        sale.shift(),
        change.at(),
        sale.businessDate(),
        change.actor(),
        sale.lines().size(),
        sale.total(),
        sale.currency(),
        judgement.verdict().name(),
        judgement.code(),
        change.number());
  }

  private static void insert(
      Db db, UUID device, Change change, ShiftOpened shift, Judgement judgement)
      throws SQLException {
    db.update(
        """
        INSERT INTO shift (id, device, store, register, number, business_date, currency, float,
          at, actor, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        change.entity(),
        device,
        shift.store(),
        shift.register(),
        shift.number(),
        shift.businessDate(),
        shift.currency(),
        shift.floatMinor(),
        change.at(),
        change.actor(),
        judgement.verdict().name());
  }

  private static void quarantine(Db db, UUID device, long batch, Judged judged, Instant received)
      throws SQLException {
    String type = "unreadable";
    UUID entity = null;
    Long total = null;
    if (judged.read() instanceof Readable(long _, var _, Change change)) {
      type = change.type().wireName();
      entity = change.entity();
      total = change.body() instanceof SaleCompleted sale ? (Long) sale.total() : null;
    }
    db.update(
        """
        INSERT INTO quarantine (device, change_number, batch, type, entity, code, total, received)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        device,
        judged.read().number(),
        batch,
        type,
        entity,
        judged.judgement().code(),
        total,
        received);
  }

  /** There is one writer, so looking and then inserting is safe; an upsert names a whole key. */
  private static void reached(Db db, UUID device, long receipt) throws SQLException {
    int known =
        db.update("UPDATE receipt_series SET highest = ? WHERE device = ?", receipt, device);
    if (known == 0) {
      db.update("INSERT INTO receipt_series (device, highest) VALUES (?, ?)", device, receipt);
    }
  }

  private static void add(Db db, Day day, Sum sum) throws SQLException {
    int known =
        db.update(
            """
            UPDATE takings SET sales = sales + ?, total = total + ?
            WHERE store = ? AND business_date = ? AND verdict = ?\
            """,
            sum.sales(),
            sum.total(),
            day.store(),
            day.date(),
            day.verdict().name());
    if (known == 0) {
      db.update(
          """
          INSERT INTO takings (store, business_date, verdict, sales, total)
          VALUES (?, ?, ?, ?, ?)\
          """,
          day.store(),
          day.date(),
          day.verdict().name(),
          sum.sales(),
          sum.total());
    }
  }

  private static SaleFeed.Sold item(
      Change change, SaleCompleted sale, Judgement judgement, String register, BatchGround ground) {
    String cashier = ground.person(change.actor()).map(Ground.Person::name).orElse("");
    return new SaleFeed.Sold(
        change.entity(),
        new SaleItem(
            sale.store(),
            sale.register(),
            register,
            cashier,
            sale.receipt(),
            change.at(),
            sale.businessDate(),
            sale.lines().size(),
            sale.total(),
            judgement.verdict().name()));
  }
}
