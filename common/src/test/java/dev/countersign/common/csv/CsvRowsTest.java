package dev.countersign.common.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
  @TempDir Path folder;

  private List<CsvRows.Row> read(byte[] bytes) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(file, bytes);
    List<CsvRows.Row> rows = new ArrayList<>();
    try (CsvRows csv = CsvRows.open(file, List.of("a", "b"))) {
      for (CsvRows.Row row = csv.next(); row != null; row = csv.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<CsvRows.Row> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void quotesCommasByteOrderMarksAndWindowsLineEndsAreUnderstood() throws IOException {
    assertThat(read("\uFEFFa,b\r\n\"x, \"\"y\"\"\",2\r\n\r\né,\r\n3,4"))
        .containsExactly(
            new CsvRows.Fields(2, List.of("x, \"y\"", "2")),
            new CsvRows.Fields(4, List.of("é", "")),
            new CsvRows.Fields(5, List.of("3", "4")));
  }

  @Test
  void furtherColumnsStandBehindInTheirOrderOrNotAtAll() throws IOException {
    List<List<String>> further = List.of(List.of("b", "c"), List.of("d"));
    Path file = folder.resolve("a.csv");
    for (String header : List.of("a", "a,b,c", "a,b,c,d")) {
      Files.writeString(file, header + "\n" + header);
      try (CsvRows csv = CsvRows.open(file, List.of("a"), further)) {
        assertThat(csv.next()).isEqualTo(new CsvRows.Fields(2, List.of(header.split(","))));
      }
    }
    for (String header : List.of("a,b", "a,d", "a,c,b", "a,b,c,d,e", "b,c")) {
      Files.writeString(file, header + "\n");
      assertThatThrownBy(() -> CsvRows.open(file, List.of("a"), further).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBadRowCostsOnlyItself() throws IOException {
    byte[] notUtf8 = "a,b\n1,2\nx,?\n3,4\n".getBytes(StandardCharsets.UTF_8);
    notUtf8[10] = (byte) 0xff;
    assertThat(read(notUtf8))
        .extracting(row -> row instanceof CsvRows.Broken)
        .containsExactly(false, true, false);
    assertThat(read("a,b\n\"never closed,2\n3,4\n1\n1,2,3\n5,6\n"))
        .extracting(CsvRows.Row::line, row -> row instanceof CsvRows.Broken)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, true),
            org.assertj.core.groups.Tuple.tuple(3L, false),
            org.assertj.core.groups.Tuple.tuple(4L, true),
            org.assertj.core.groups.Tuple.tuple(5L, true),
            org.assertj.core.groups.Tuple.tuple(6L, false));
    assertThat(read("a,b\n" + "x".repeat(200_000) + ",2\n3,4\n"))
        .extracting(row -> row instanceof CsvRows.Broken)
        .containsExactly(true, false);
  }

  @Test
  void anotherHeaderIsRefused() {
    assertThatThrownBy(() -> read("a,c\n1,2\n")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
  }
}
