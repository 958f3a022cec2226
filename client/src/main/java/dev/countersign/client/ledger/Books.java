package dev.countersign.client.ledger;

import dev.countersign.client.ledger.SaleView.Standing;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.change.ChangeCodec.UnreadableChangeException;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.VerdictResolved;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody.QuestionItem;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.common.sale.ReceiptNumber;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The views for people: a till shows its own sales, an office those of its store. Safe for any
 * thread.
 */
public final class Books {
  private static final String ACKNOWLEDGED =
      "(SELECT coalesce(max(last), 0) FROM batch WHERE ack IS NOT NULL)";

  private final TillStore store;
  private final Enrolled enrolled;
  private final Users users;

  Books(TillStore store, Enrolled enrolled, Users users) {
    this.store = store;
    this.enrolled = enrolled;
    this.users = users;
  }

  /** The sales of a business day, the latest first. */
  public List<SaleView> salesOn(LocalDate day) {
    return enrolled.kind() == DeviceKind.OFFICE
        ? store.read(
            db ->
                db.list(
                    "SELECT id, receipt, at, register, cashier, lines, total, verdict"
                        + " FROM office_sale WHERE business_date = ? ORDER BY at DESC, receipt",
                    this::officeSale,
                    day))
        : store.read(
            db ->
                db.list(
                    "SELECT s.id, s.receipt, s.at, s.actor, s.lines, s.total, v.verdict, v.code,"
                        + " s.number <= "
                        + ACKNOWLEDGED
                        + " FROM sale_day d JOIN sale s ON s.number BETWEEN d.first AND d.last"
                        + " AND s.business_date = d.business_date"
                        + " LEFT JOIN verdict v ON v.number = s.number"
                        + " WHERE d.business_date = ? ORDER BY s.number DESC",
                    this::tillSale,
                    day));
  }

  /**
   * The sales of this till, and of the others of its store as far as they are kept here, that fit
   * what is remembered of them, the latest first, at most fifty: a day ({@code 2026-11-21}), an
   * amount ({@code 52.49}), words of a product's name, the last four digits of a card, the end of
   * the receipt's number. An empty text finds the last ones.
   *
   * @param products that the text may name
   */
  public List<FoundSale> find(String text, Set<UUID> products) {
    return new SaleFinder(store, this, enrolled.currency()).find(text, products);
  }

  /** What a business day has come to. */
  public DayTotals totals(LocalDate day) {
    String sql =
        enrolled.kind() == DeviceKind.OFFICE
            ? "SELECT count(*), coalesce(sum(total), 0), 0, 0, 0 FROM office_sale"
                + " WHERE business_date = ? AND upper(verdict) <> 'QUARANTINED'"
            : "SELECT count(*), coalesce(sum(total), 0), coalesce(sum(tax), 0),"
                + " coalesce(sum(cash), 0), coalesce(sum(card), 0) FROM sale_day d"
                + " JOIN sale s ON s.number BETWEEN d.first AND d.last"
                + " AND s.business_date = d.business_date"
                + " WHERE d.business_date = ? AND NOT EXISTS (SELECT 1 FROM verdict v"
                + " WHERE v.number = s.number AND v.verdict = 'QUARANTINED'"
                + " AND coalesce(v.decision, '') <> 'ACCEPT')";
    return store
        .read(
            db ->
                db.first(
                    sql,
                    row ->
                        new DayTotals(
                            row.integer(1),
                            money(row, 2),
                            money(row, 3),
                            money(row, 4),
                            money(row, 5)),
                    day))
        .orElseThrow();
  }

  /**
   * Every change of this device that the server did not plainly accept and nobody has decided on,
   * the latest first.
   */
  public List<VerdictView> needsManager() {
    return store.read(
        db ->
            db.list(
                "SELECT v.number, c.type, c.at, s.receipt, v.verdict, v.code FROM verdict v"
                    + " JOIN change c ON c.number = v.number"
                    + " LEFT JOIN sale s ON s.number = v.number WHERE v.decision IS NULL"
                    + " ORDER BY v.number DESC",
                row ->
                    new VerdictView(
                        row.integer(1),
                        row.text(2),
                        row.instant(3),
                        receipt(row.integerOrNull(4)),
                        Verdict.valueOf(row.text(5)),
                        row.text(6))));
  }

  /**
   * What waits for a person in this device's store, the oldest first: what the server has said less
   * what was decided here meanwhile. For an office.
   */
  public List<Question> questions() {
    return store.read(
        db -> {
          Set<List<Object>> decided = new HashSet<>();
          db.each(
              "SELECT body FROM change WHERE type = 'verdict.resolved' AND number >"
                  + " (SELECT coalesce(max(last), 0) FROM batch WHERE ack IS NOT NULL)",
              row -> decided.add(decidedBy(row.bytes(1))));
          List<Question> questions = new ArrayList<>();
          db.each(
              "SELECT body FROM reference WHERE kind = 'question'",
              row -> {
                QuestionItem item = Json.decode(row.bytes(1), QuestionItem.class);
                if (item.decision() == null) {
                  questions.add(question(item, decided.contains(place(item))));
                }
              });
          // What may be going on now stands before what was wrong with a sale.
          questions.sort(
              Comparator.comparing((Question each) -> each.reported() == null)
                  .thenComparing(Question::received)
                  .thenComparing(Question::number));
          return questions;
        });
  }

  private static List<Object> decidedBy(byte[] bytes) throws SQLException {
    try {
      return ChangeCodec.decode(bytes, 0, bytes.length).body() instanceof VerdictResolved body
          ? List.of(body.device(), body.batch(), body.number())
          : List.of();
    } catch (UnreadableChangeException e) {
      throw new SQLException("a recorded change cannot be read", e);
    }
  }

  private static List<Object> place(QuestionItem item) {
    return List.of(item.device(), item.batch(), item.number());
  }

  private Question question(QuestionItem item, boolean pending) {
    Long total = item.total();
    Verdict verdict =
        Arrays.stream(Verdict.values())
            .filter(each -> each.name().equals(item.verdict()))
            .findFirst()
            .orElse(Verdict.FLAGGED);
    return new Question(
        item.device(),
        item.deviceName(),
        item.batch(),
        item.number(),
        item.type(),
        verdict,
        item.code(),
        item.received(),
        item.at(),
        item.actor(),
        item.receipt(),
        total == null ? null : Money.of(total, enrolled.currency()),
        item.edits(),
        item.acceptable(),
        item.reported(),
        pending);
  }

  /** A sale of this till as it was recorded. */
  public Optional<CompletedSale> sale(UUID id) {
    return store.read(
        db -> {
          Optional<Long> number =
              db.first("SELECT number FROM sale WHERE id = ?", row -> row.integer(1), id);
          return number.isEmpty() ? Optional.empty() : Optional.of(sale(db, number.get()));
        });
  }

  /**
   * SHA-256 of a change's recorded bytes: what the audit log's entry of it holds, and what a
   * receipt's check text carries.
   */
  public Optional<Hash> recorded(long change) {
    return store.read(
        db ->
            db.first(
                "SELECT body FROM change WHERE number = ?", row -> Hash.of(row.bytes(1)), change));
  }

  /**
   * The sale of this till with this receipt number, as it stands on the paper or without its zeros.
   */
  public Optional<CompletedSale> saleByReceipt(String typed) {
    String text = typed.strip().toUpperCase(Locale.ROOT);
    if (text.matches("[0-9]{1,9}")) {
      return saleByReceipt(Long.parseLong(text));
    }
    return ReceiptNumber.parse(text)
        .filter(number -> number.series().equals(enrolled.series()))
        .flatMap(number -> saleByReceipt(number.number()));
  }

  private Optional<CompletedSale> saleByReceipt(long receipt) {
    return store.read(
        db -> {
          Optional<Long> number =
              db.first("SELECT number FROM sale WHERE receipt = ?", row -> row.integer(1), receipt);
          return number.isEmpty() ? Optional.empty() : Optional.of(sale(db, number.get()));
        });
  }

  /** The last sale of this till, for a second receipt. */
  public Optional<CompletedSale> lastSale() {
    return store.read(
        db -> {
          Optional<Long> number =
              db.first(
                  "SELECT number FROM sale ORDER BY number DESC LIMIT 1", row -> row.integer(1));
          return number.isEmpty() ? Optional.empty() : Optional.of(sale(db, number.get()));
        });
  }

  CompletedSale sale(Db db, long number) throws SQLException {
    byte[] bytes =
        db.first("SELECT body FROM change WHERE number = ?", row -> row.bytes(1), number)
            .orElseThrow(() -> new SQLException("no change " + number));
    try {
      var change = ChangeCodec.decode(bytes, 0, bytes.length);
      if (change.body() instanceof SaleCompleted body) {
        return new CompletedSale(
            change.entity(),
            number,
            change.at(),
            change.actor(),
            users.nameOf(change.actor()),
            body);
      }
      throw new SQLException("change " + number + " is not a sale");
    } catch (UnreadableChangeException e) {
      throw new SQLException("change " + number + " cannot be read", e);
    }
  }

  private SaleView tillSale(Row row) throws SQLException {
    String verdict = row.textOrNull(7);
    Standing standing =
        verdict != null
            ? Standing.valueOf(verdict)
            : row.flag(9) ? Standing.ACCEPTED : Standing.WAITING;
    String code = row.textOrNull(8);
    return new SaleView(
        row.uuid(1),
        receipt(row.integer(2)),
        row.instant(3),
        enrolled.registerName(),
        users.nameOf(row.uuid(4)),
        (int) row.integer(5),
        money(row, 6),
        standing,
        code == null ? "" : code);
  }

  private SaleView officeSale(Row row) throws SQLException {
    return new SaleView(
        row.uuid(1),
        row.text(2),
        row.instant(3),
        row.text(4),
        row.text(5),
        (int) row.integer(6),
        money(row, 7),
        standing(row.text(8)),
        "");
  }

  /** The server knows the sale; a word this program does not know needs a person's eye. */
  private static Standing standing(String verdict) {
    return Arrays.stream(Standing.values())
        .filter(standing -> standing.name().equalsIgnoreCase(verdict))
        .findFirst()
        .orElse(Standing.FLAGGED);
  }

  private String receipt(@Nullable Long number) {
    return number == null ? "" : new ReceiptNumber(enrolled.series(), number).toString();
  }

  private Money money(Row row, int column) throws SQLException {
    return Money.of(row.integer(column), enrolled.currency());
  }
}
