package dev.countersign.common.csv;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the rows that {@link CsvRows} reads: each is one line. */
public final class CsvLine {
  private CsvLine() {}

  /**
   * One row, without its line end.
   *
   * @throws IllegalArgumentException when a field holds a line break
   */
  public static String of(List<String> fields) {
    return fields.stream().map(CsvLine::field).collect(Collectors.joining(","));
  }

  private static String field(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a row is one line");
    }
    return text.indexOf(',') < 0 && text.indexOf('"') < 0
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
