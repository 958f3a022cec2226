package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a training till begins with: the goods, people, rights and settings of the real one, as they
 * are at this moment. Nothing that happened, nothing that is owed, no key.
 */
final class TrainingSeed {
  /** Copied row by row. */
  static final Set<String> COPIED =
      Set.of(
          "reference",
          "product",
          "barcode",
          "category",
          "stock_level",
          "favourite",
          "grant_sheet",
          "pin_epoch");

  /** Belonging to the real till alone: what it did, what it owes, who it is, what it was told. */
  static final Set<String> LEFT =
      Set.of(
          "device",
          "succession",
          "state",
          "parked",
          "recalled",
          "replica",
          "change",
          "sale_day",
          "shift",
          "refunded",
          "refund_means",
          "batch",
          "verdict",
          "older_sale",
          "gathering",
          "product_edit",
          "product_said",
          "written",
          "customer_word",
          "stock_arrived",
          "stock_mark",
          "office_sale",
          "credit_wish",
          "credit_allotment",
          "credit_return",
          "credit_slip",
          "credit_told",
          "credit_moved",
          "credit_left",
          "witness",
          "contradiction",
          "hardware",
          "mail_owed",
          "account_entry",
          "slip_owed",
          "search_due");

  private static final int ROWS_AT_ONCE = 500;

  private TrainingSeed() {}

  /** Fills an empty store; takes as long as the catalogue is large. */
  static void copy(TillStore real, TillStore training) {
    real.read(
        from -> {
          // One moment of the real store, while selling elsewhere in it goes on.
          from.execute("BEGIN");
          try {
            return training.write(
                to -> {
                  for (String table : COPIED) {
                    copy(table, from, to);
                  }
                  SearchIndex.takeAll(to);
                  return true;
                });
          } finally {
            from.execute("COMMIT");
          }
        });
  }

  private static void copy(String table, Db from, Db to) throws SQLException {
    List<String> columns =
        from.list("SELECT name FROM pragma_table_info(?)", row -> row.text(1), table);
    String names = String.join(", ", columns);
    String places = String.join(", ", columns.stream().map(_ -> "?").toList());
    // Customers of the real till wait for the real till.
    String those = table.equals("reference") ? " WHERE kind <> 'parked'" : "";
    String insert = "INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")";
    List<@Nullable Object[]> rows = new ArrayList<>();
    from.<SQLException>each(
        "SELECT " + names + " FROM " + table + those,
        row -> {
          @Nullable Object[] values = new Object[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = row.stored(i + 1);
          }
          rows.add(values);
          if (rows.size() == ROWS_AT_ONCE) {
            to.updateEach(insert, rows);
            rows.clear();
          }
        });
    to.updateEach(insert, rows);
  }
}
