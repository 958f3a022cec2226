package dev.countersign.client.ledger;

import dev.countersign.common.change.BasketVoided;
import dev.countersign.common.change.CashMoved;
import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.DrawerOpened;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.ShiftFigures;
import dev.countersign.common.change.ShiftFigures.Sum;
import dev.countersign.common.change.ShiftTally;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened on a shift out of its changes, each of which stands behind its opening: one
 * range of the table, whatever else it holds. For one shift and one transaction.
 */
final class ShiftReader {
  /** Of one shift: those behind its opening. */
  static final String CHANGES = "SELECT body FROM change WHERE number >= ? ORDER BY number";

  /** Of one person while it is added up. */
  private static final class Work {
    private long sales;
    private long total;
    private long refunds;
    private long refunded;
    private long voids;
    private long voided;
    private long openings;
  }

  private static final class Goods {
    private long lines;
    private long amount;
  }

  private final Users users;
  private final ShiftTally tally = new ShiftTally();
  private final Map<UUID, Work> people = new HashMap<>();
  private final Map<UUID, Goods> products = new HashMap<>();
  private final Goods others = new Goods();
  private final List<ShiftReport.Movement> movements = new ArrayList<>();

  private ShiftReader(Users users) {
    this.users = users;
  }

  /**
   * Reads the shift that is open.
   *
   * @param first the number of the change that opened it
   */
  static ShiftReader read(Db db, Users users, long first) throws SQLException {
    ShiftReader reader = new ShiftReader(users);
    db.each(CHANGES, row -> reader.add(decoded(row.bytes(1))), first);
    return reader;
  }

  static Change decoded(byte[] body) throws SQLException {
    try {
      return ChangeCodec.decode(body, 0, body.length);
    } catch (UnreadableChangeException e) {
      throw new SQLException("a recorded change cannot be read", e);
    }
  }

  ShiftFigures figures() {
    return tally.figures();
  }

  List<ShiftReport.Movement> movements() {
    return movements;
  }

  private void add(Change change) {
    tally.add(change.actor(), change.body());
    switch (change.body()) {
      case SaleCompleted sale -> add(work(change), sale);
      case BasketVoided basket -> {
        Work work = work(change);
        work.voids++;
        work.voided = Math.addExact(work.voided, basket.totalMinor());
      }
      case DrawerOpened _ -> work(change).openings++;
      case CashMoved cash ->
          movements.add(
              new ShiftReport.Movement(
                  change.at(),
                  users.nameOf(change.actor()),
                  name(change.approver()),
                  cash.amount(),
                  cash.reason()));
      default -> {
        // Nothing of a person's or a category's.
      }
    }
  }

  private void add(Work work, SaleCompleted sale) {
    work.sales++;
    work.total = Math.addExact(work.total, sale.total());
    boolean refund = false;
    for (SaleCompleted.Line line : sale.lines()) {
      UUID product = line.product();
      Goods goods = product == null ? others : products.computeIfAbsent(product, _ -> new Goods());
      goods.lines++;
      goods.amount = Math.addExact(goods.amount, line.amount());
      if (line.quantity().isNegative()) {
        refund = true;
        work.refunded = Math.addExact(work.refunded, line.amount());
      }
    }
    work.refunds += refund ? 1 : 0;
    for (SaleCompleted.Line line : sale.voided()) {
      work.voids++;
      work.voided = Math.addExact(work.voided, line.amount());
    }
  }

  private Work work(Change change) {
    return people.computeIfAbsent(change.actor(), _ -> new Work());
  }

  private String name(@Nullable UUID person) {
    return person == null ? "" : users.nameOf(person);
  }

  /** By name; two people of one name stay two. */
  List<ShiftReport.Person> people() {
    return people.entrySet().stream()
        .map(each -> person(users.nameOf(each.getKey()), each.getValue()))
        .sorted(Comparator.comparing(ShiftReport.Person::name))
        .toList();
  }

  private static ShiftReport.Person person(String name, Work work) {
    return new ShiftReport.Person(
        name,
        work.sales,
        work.total,
        new Sum(work.refunds, work.refunded),
        new Sum(work.voids, work.voided),
        work.openings);
  }

  /** Each product's category is looked up once, by its index. */
  List<ShiftReport.Category> categories(Db db) throws SQLException {
    Map<String, Goods> byName = new TreeMap<>();
    for (Map.Entry<UUID, Goods> product : products.entrySet()) {
      String category =
          db.first(
                  "SELECT category FROM product WHERE id = ?", row -> row.text(1), product.getKey())
              .orElse("");
      add(byName.computeIfAbsent(category, _ -> new Goods()), product.getValue());
    }
    if (others.lines > 0) {
      add(byName.computeIfAbsent("", _ -> new Goods()), others);
    }
    return byName.entrySet().stream()
        .map(
            each ->
                new ShiftReport.Category(
                    each.getKey(), each.getValue().lines, each.getValue().amount))
        .toList();
  }

  private static void add(Goods sum, Goods more) {
    sum.lines += more.lines;
    sum.amount = Math.addExact(sum.amount, more.amount);
  }
}
