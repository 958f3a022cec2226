package dev.countersign.common.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a comma-separated file (RFC 4180, UTF-8, header first) one physical line at a time. A row
 * is one line: a quote that is never closed, bytes that are not UTF-8 or a line over {@value
 * #MAX_LINE} bytes spoil that row and no other. Blank lines are passed over.
 */
public final class CsvRows implements Closeable {
  /** Longest line, in bytes. */
  public static final int MAX_LINE = 64 * 1024;

  private final InputStream in;
  private final List<String> columns;
  private long line;

  /** One row of the file. */
  public sealed interface Row {
    /** The line in the file, from 1; the header is line 1. */
    long line();
  }

  /** A row with as many fields as the header has. */
  public record Fields(long line, List<String> values) implements Row {}

  /** A row that cannot be taken apart. */
  public record Broken(long line, String reason) implements Row {}

  private CsvRows(InputStream in, List<String> columns) {
    this.in = in;
    this.columns = columns;
  }

  /**
   * Opens a file whose header must be exactly these columns.
   *
   * @throws IOException when it cannot be read or its header differs
   */
  public static CsvRows open(Path file, List<String> columns) throws IOException {
    return open(file, columns, List.of());
  }

  /**
   * Opens a file whose header must be these columns, and behind them as many groups of further ones
   * as it likes, each whole and none left out before another.
   *
   * @throws IOException when it cannot be read or its header differs
   */
  public static CsvRows open(Path file, List<String> columns, List<List<String>> further)
      throws IOException {
    List<String> header = new ArrayList<>(columns);
    for (int groups = 0; groups <= further.size(); groups++) {
      if (groups > 0) {
        header.addAll(further.get(groups - 1));
      }
      InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      CsvRows rows = new CsvRows(in, List.copyOf(header));
      if (rows.next() instanceof Fields(long _, List<String> values) && values.equals(header)) {
        return rows;
      }
      in.close();
    }
    throw new IOException(
        file.getFileName() + ":1: the columns must be " + String.join(",", columns));
  }

  /** The next row, or null at the end of the file. */
  public @Nullable Row next() throws IOException {
    while (true) {
      byte[] bytes = readLine();
      if (bytes == null) {
        return null;
      }
      line++;
      if (bytes.length == 0) {
        continue;
      }
      return bytes.length > MAX_LINE
          ? new Broken(line, "longer than " + MAX_LINE + " bytes")
          : parse(bytes);
    }
  }

  private Row parse(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new Broken(line, "not UTF-8");
    }
    if (line == 1 && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    List<String> values = text.indexOf('"') < 0 ? List.of(text.split(",", -1)) : quoted(text);
    if (values == null) {
      return new Broken(line, "a quote is not closed or stands in the wrong place");
    }
    if (values.size() != columns.size()) {
      return new Broken(line, values.size() + " fields instead of " + columns.size());
    }
    return new Fields(line, values);
  }

  /** The fields of one line with quotes in it, or null when the quotes do not fit. */
  private static @Nullable List<String> quoted(String text) {
    // An odd number of quotes means one that is never closed.
    if ((text.chars().filter(c -> c == '"').count() & 1) != 0) {
      return null;
    }
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
      var records = reader.iterator();
      return records.hasNext() ? records.next().getFields() : null;
    } catch (CsvParseException | IOException _) {
      return null;
    }
  }

  /** The bytes up to the next line end, without it; at most one more than the limit is kept. */
  private byte @Nullable [] readLine() throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    while (next >= 0 && next != '\n') {
      if (bytes.size() <= MAX_LINE) {
        bytes.write(next);
      }
      next = in.read();
    }
    byte[] all = bytes.toByteArray();
    boolean carriageReturn = all.length > 0 && all[all.length - 1] == '\r';
    return carriageReturn ? java.util.Arrays.copyOf(all, all.length - 1) : all;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
