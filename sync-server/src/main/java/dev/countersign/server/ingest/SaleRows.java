package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.sql.Column;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sales that a batch adds to the books. Many are written with one statement, and what they have
 * in common is handed over once: half of what a row costs is calling for it.
 */
final class SaleRows {
  /** How many are written at once, most first; each number is a statement that is kept. */
  private static final int[] AT_ONCE = {32, 4, 1};

  private static final List<String> STATEMENTS =
      Arrays.stream(AT_ONCE)
          .mapToObj(
              count ->
                  statement(
                      "VALUES "
                          + String.join(",", Collections.nCopies(count, "(?, ?, ?, ?, ?, ?, ?)"))))
          .toList();

  /** Where a column is one parameter, however many rows there are. */
  private static final String COLUMNS =
      statement(
          "SELECT * FROM unnest(?::bigint[], ?::bytea[], ?::text[], ?::bigint[], ?::bigint[],"
              + " ?::bigint[], ?::bigint[])");

  /** What is a sale's own, and what it has in common with the others of its batch, mostly. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Row(Object[] own, Object[] common) {}

  /**
   * Receipts that follow each other, as their sales do.
   *
   * @param seq of the first
   */
  private record Run(UUID device, long first, long last, long seq) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  private static String statement(String rows) {
    return "WITH sold (seq, id, receipt, at, lines, total, change_number) AS ("
        + rows
        + ") "
        + """
        INSERT INTO sale (seq, id, receipt, at, lines, total, change_number, device, store,
          register, shift, business_date, actor, currency, verdict, code, batch, received)
        SELECT seq, id, receipt, at, lines, total, change_number, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
        FROM sold\
        """;
  }

  /**
   * Adds a sale that counts.
   *
   * @param seq its number in the feed, one more than that of the one before
   */
  void add(
      long seq,
      Books.Origin origin,
      Change change,
      SaleCompleted sale,
      Judgement judgement,
      Instant received) {
    rows.add(
        new Row(
            new Object[] {
              seq,
              change.entity(),
              sale.receipt(),
              change.at(),
              sale.lines().size(),
              sale.total(),
              change.number()
            },
            new Object[] {
              origin.device(),
              sale.store(),
              sale.register(),
              sale.shift(),
              sale.businessDate(),
              change.actor(),
              sale.currency(),
              judgement.verdict().name(),
              judgement.code(),
              origin.batch(),
              received
            }));
    long number = Judge.receiptOf(sale, origin.post());
    Run last = runs.isEmpty() ? null : runs.getLast();
    if (last != null && last.last() + 1 == number) {
      runs.set(runs.size() - 1, new Run(last.device(), last.first(), number, last.seq()));
    } else {
      runs.add(new Run(origin.device(), number, number, seq));
    }
  }

  /** Writes them all. */
  void write(Db db) throws SQLException {
    int done = 0;
    while (done < rows.size()) {
      int alike = alike(done);
      if (db.takesColumns()) {
        writeColumns(db, rows.subList(done, done + alike));
        done += alike;
        continue;
      }
      for (int i = 0; i < AT_ONCE.length; i++) {
        for (; alike >= AT_ONCE[i]; alike -= AT_ONCE[i]) {
          write(db, STATEMENTS.get(i), rows.subList(done, done + AT_ONCE[i]));
          done += AT_ONCE[i];
        }
      }
    }
    for (Run run : runs) {
      db.updateSoon(
          "INSERT INTO receipt_run (device, first, last, seq) VALUES (?, ?, ?, ?)",
          run.device(),
          run.first(),
          run.last(),
          run.seq());
    }
  }

  /** How many from there on have all in common. */
  private int alike(int from) {
    Object[] common = rows.get(from).common();
    int end = from + 1;
    while (end < rows.size() && Arrays.equals(common, rows.get(end).common())) {
      end++;
    }
    return end - from;
  }

  private static void writeColumns(Db db, List<Row> rows) throws SQLException {
    List<@Nullable Object> parameters = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().own().length; i++) {
      int column = i;
      parameters.add(new Column(rows.stream().map(row -> row.own()[column]).toList()));
    }
    Collections.addAll(parameters, rows.getFirst().common());
    db.updateSoon(COLUMNS, parameters.toArray());
  }

  private static void write(Db db, String statement, List<Row> rows) throws SQLException {
    List<@Nullable Object> parameters = new ArrayList<>();
    for (Row row : rows) {
      Collections.addAll(parameters, row.own());
    }
    Collections.addAll(parameters, rows.getFirst().common());
    db.updateSoon(statement, parameters.toArray());
  }
}
