package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A paper of a shift or a drawer, row by row, for whatever width it is printed on.
 *
 * @param opensDrawer true when printing it opens the drawer first
 */
public record Slip(List<Row> rows, boolean opensDrawer) {
  /** What stands on one row, or on more where the paper is narrow. */
  public sealed interface Row {
    /** In the middle. */
    record Middle(String text, Style style) implements Row {}

    /** Beginning at the left edge. */
    record Left(String text) implements Row {}

    /** Text at the left, a figure at the right edge. */
    record Pair(String left, String right, Style style) implements Row {}

    /** A line across. */
    record Rule() implements Row {}

    /** Nothing. */
    record Blank() implements Row {}
  }

  public Slip {
    rows = List.copyOf(rows);
  }

  /**
   * All lines, from the top.
   *
   * @param columns 24 or more
   * @param printable brings text into the printer's characters; each is one column afterwards
   */
  public List<ReceiptLine> lay(int columns, UnaryOperator<String> printable) {
    Paper paper = new Paper(columns, false);
    for (Row row : rows) {
      switch (row) {
        case Row.Middle(String text, Style style) ->
            paper.centred(printable.apply(plain(text)), style);
        case Row.Left(String text) -> paper.left(printable.apply(plain(text)));
        case Row.Pair(String left, String right, Style style) ->
            paper.pair(printable.apply(plain(left)), printable.apply(plain(right)), style);
        case Row.Rule _ -> paper.rule();
        case Row.Blank _ -> paper.blank();
      }
    }
    return paper.lines();
  }

  /** For a screen, which has all characters. */
  public List<ReceiptLine> lay() {
    return lay(ReceiptText.WIDE, UnaryOperator.identity());
  }

  /** The signs that a screen sets more finely than any code page: an amount is never unreadable. */
  private static String plain(String text) {
    return text.replace('\u2212', '-').replace('\u00a0', ' ').replace('\u202f', ' ');
  }

  /** Puts a slip together. */
  public static final class Builder {
    private final List<Row> rows = new ArrayList<>();

    /** In the middle, bold. */
    public Builder title(String text) {
      rows.add(new Row.Middle(text, Style.BOLD));
      return this;
    }

    /** In the middle. */
    public Builder middle(String text) {
      rows.add(new Row.Middle(text, Style.NORMAL));
      return this;
    }

    /** Beginning at the left edge. */
    public Builder left(String text) {
      rows.add(new Row.Left(text));
      return this;
    }

    /** Text and figure. */
    public Builder pair(String left, String right) {
      rows.add(new Row.Pair(left, right, Style.NORMAL));
      return this;
    }

    /** Text and figure, bold. */
    public Builder sum(String left, String right) {
      rows.add(new Row.Pair(left, right, Style.BOLD));
      return this;
    }

    /** A line across. */
    public Builder rule() {
      rows.add(new Row.Rule());
      return this;
    }

    /** Nothing. */
    public Builder blank() {
      rows.add(new Row.Blank());
      return this;
    }

    /** The slip. */
    public Slip build(boolean opensDrawer) {
      return new Slip(rows, opensDrawer);
    }
  }
}
