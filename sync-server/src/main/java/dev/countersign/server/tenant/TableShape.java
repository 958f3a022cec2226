package dev.countersign.server.tenant;

import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as the file that it stands in declares it, so that rows are carried over by what is there
 * and not by a list that somebody keeps.
 *
 * @param columns as they stand in the table
 */
public record TableShape(String name, List<Column> columns) {
  /** What a column holds. */
  public enum Kind {
    INTEGER,
    TEXT,
    BLOB
  }

  /**
   * A column.
   *
   * @param keyPart its place in the primary key, from 1; 0 when it is no part of it
   */
  public record Column(String name, Kind kind, int keyPart) {
    /** Quoted: some are words of SQL. */
    public String quoted() {
      return '"' + name + '"';
    }
  }

  public TableShape {
    columns = List.copyOf(columns);
  }

  /** Every table of an SQLite file, in the order they were made: what is referred to is first. */
  public static List<TableShape> in(Db file) throws SQLException {
    List<String> names =
        file.list(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
                + " ESCAPE '\\' ORDER BY rowid",
            row -> row.text(1));
    List<TableShape> shapes = new ArrayList<>();
    for (String name : names) {
      shapes.add(
          new TableShape(
              name,
              file.list(
                  "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid",
                  row ->
                      new Column(
                          row.text(1),
                          Kind.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
                          Math.toIntExact(row.integer(3))),
                  name)));
    }
    return shapes;
  }

  /** True when there is a column of this name. */
  public boolean has(String column) {
    return columns.stream().anyMatch(each -> each.name().equals(column));
  }

  /** All columns, as a statement lists them. */
  public String columnList() {
    return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
  }

  /** What puts rows in an order that is the same wherever they stand. */
  public String order() {
    List<Column> key =
        columns.stream()
            .filter(column -> column.keyPart() > 0)
            .sorted(Comparator.comparingInt(Column::keyPart))
            .toList();
    return (key.isEmpty() ? columns : key)
        .stream().map(Column::quoted).collect(Collectors.joining(", "));
  }

  /** A statement that inserts so many rows. */
  public String insert(int rows) {
    String one = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    return "INSERT INTO "
        + name
        + " ("
        + columnList()
        + ") VALUES "
        + String.join(", ", Collections.nCopies(rows, one));
  }

  /** The values of a row that was read by {@link #columnList()}. */
  public List<@Nullable Object> read(Row row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      values.add(
          switch (columns.get(i).kind()) {
            case INTEGER -> row.integerOrNull(i + 1);
            case TEXT -> row.textOrNull(i + 1);
            case BLOB -> row.bytesOrNull(i + 1);
          });
    }
    return values;
  }
}
