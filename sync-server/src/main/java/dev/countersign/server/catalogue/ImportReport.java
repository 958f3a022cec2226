package dev.countersign.server.catalogue;

import java.util.List;

/**
 * What became of a file.
 *
 * @param accepted rows that are in the catalogue now
 * @param changed those of them that are new or differ from what stood there
 * @param warningCount things left out of accepted rows, such as a barcode with a wrong check digit
 * @param refusedCount rows that are not in
 * @param warnings the first {@link #KEPT} of them
 * @param refused the first {@link #KEPT} of them
 */
public record ImportReport(
    long accepted,
    long changed,
    long warningCount,
    long refusedCount,
    List<Remark> warnings,
    List<Remark> refused) {
  /** How many remarks a report holds; a listener hears of all. */
  public static final int KEPT = 1_000;

  /**
   * Something about one line.
   *
   * @param line from 1, the header is line 1
   */
  public record Remark(long line, String reason) {}

  /** Hears of every remark while the file is read. */
  public interface Listener {
    void warned(Remark remark);

    void refused(Remark remark);
  }

  public ImportReport {
    warnings = List.copyOf(warnings);
    refused = List.copyOf(refused);
  }
}
