package dev.countersign.common.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the receipts of a store say beside the sale.
 *
 * @param header above it: the name of the business, its address, its tax number
 * @param footer below it
 * @param logo above everything; null from the server where there is none, and to the server where
 *     it stays as it is: {@link ReceiptLogo#NONE} takes it away
 */
public record ReceiptLines(List<String> header, List<String> footer, @Nullable ReceiptLogo logo) {
  /** The most lines of each. */
  public static final int MOST = 8;

  /** The longest line, in characters. */
  public static final int LONGEST = 60;

  public ReceiptLines {
    // What is empty is not written.
    header = header == null ? List.of() : List.copyOf(header);
    footer = footer == null ? List.of() : List.copyOf(footer);
  }

  /** Lines that say nothing of the logo. */
  public ReceiptLines(List<String> header, List<String> footer) {
    this(header, footer, null);
  }

  /** The same with this above. */
  public ReceiptLines with(@Nullable ReceiptLogo other) {
    return new ReceiptLines(header, footer, other);
  }

  /** Whether there are not too many lines, and each is one that can be printed, as is the logo. */
  public boolean fits() {
    return areLines(header) && areLines(footer) && (logo == null || logo.fits());
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
