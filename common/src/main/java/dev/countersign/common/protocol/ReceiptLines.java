package dev.countersign.common.protocol;

import java.util.List;

/**
 * What the receipts of a store say beside the sale.
 *
 * @param header above it: the name of the business, its address, its tax number
 * @param footer below it
 */
public record ReceiptLines(List<String> header, List<String> footer) {
  /** The most lines of each. */
  public static final int MOST = 8;

  /** The longest line, in characters. */
  public static final int LONGEST = 60;

  public ReceiptLines {
    // What is empty is not written.
    header = header == null ? List.of() : List.copyOf(header);
    footer = footer == null ? List.of() : List.copyOf(footer);
  }

  /** Whether there are not too many lines, and each is one that can be printed. */
  public boolean fits() {
    return areLines(header) && areLines(footer);
  }

  private static boolean areLines(List<String> lines) {
    return lines.size() <= MOST
        && lines.stream()
            .allMatch(
                line ->
                    !line.isBlank()
                        && line.length() <= LONGEST
                        && line.equals(line.strip())
                        && line.chars().noneMatch(Character::isISOControl));
  }
}
