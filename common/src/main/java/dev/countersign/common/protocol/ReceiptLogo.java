package dev.countersign.common.protocol;

import java.util.List;

/**
 * A picture above everything on the receipts of a store, as dots that are black or not: nobody
 * beside the office that chose the file has to take apart what somebody else packed.
 *
 * <p>A row is a text of one letter for four dots, the leftmost in the highest bit: {@code a} for
 * none to {@code p} for all. There is no digit in it, so that no picture is taken for a card
 * number.
 *
 * @param wide its rows for paper of 80 mm, from the top; none for no picture
 * @param narrow its rows for paper of 58 mm; none where {@code wide} has none
 */
public record ReceiptLogo(List<String> wide, List<String> narrow) {
  /** Dots in a row of the wider paper. */
  public static final int WIDE_DOTS = 504;

  /** Dots in a row of the narrower paper. */
  public static final int NARROW_DOTS = 384;

  /** The most rows of each: 40 mm of paper. */
  public static final int MOST_ROWS = 320;

  /** No picture. */
  public static final ReceiptLogo NONE = new ReceiptLogo(List.of(), List.of());

  private static final int DOTS_OF_LETTER = 4;

  /** Printers take rows of whole bytes. */
  private static final int LETTERS_OF_BYTE = 2;

  public ReceiptLogo {
    // What is empty is not written.
    wide = wide == null ? List.of() : List.copyOf(wide);
    narrow = narrow == null ? List.of() : List.copyOf(narrow);
  }

  /** True when it is no picture. */
  public boolean none() {
    return wide.isEmpty() && narrow.isEmpty();
  }

  /** Whether it is no picture, or one that printers of both widths can print. */
  public boolean fits() {
    return none() || (areRows(wide, WIDE_DOTS) && areRows(narrow, NARROW_DOTS));
  }

  private static boolean areRows(List<String> rows, int mostDots) {
    if (rows.isEmpty() || rows.size() > MOST_ROWS) {
      return false;
    }
    int letters = rows.getFirst().length();
    return letters > 0
        && letters % LETTERS_OF_BYTE == 0
        && letters * DOTS_OF_LETTER <= mostDots
        && rows.stream()
            .allMatch(
                row ->
                    row.length() == letters
                        && row.chars().allMatch(letter -> letter >= 'a' && letter <= 'p'));
  }
}
