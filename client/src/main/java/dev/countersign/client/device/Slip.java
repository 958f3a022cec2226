package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import dev.countersign.common.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/**
 * A paper of a shift or a drawer, row by row, for whatever width it is printed on.
 *
 * @param name what it is, for a list of papers
 * @param fromRight true in a language that begins at the right edge
 * @param opensDrawer true when printing it opens the drawer first
 */
public record Slip(String name, List<Row> rows, boolean fromRight, boolean opensDrawer) {
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

  /** One row as it is kept. */
  private record Kept(String kind, String left, String right, Style style) {}

  private record KeptSlip(String name, List<Kept> rows, boolean fromRight) {}

  /** As it is kept until it is printed. */
  public byte[] encode() {
    return Json.encode(new KeptSlip(name, rows.stream().map(Slip::kept).toList(), fromRight));
  }

  /**
   * A paper that was kept. Its moment is over: it opens no drawer.
   *
   * @throws JacksonException when these are no such bytes
   */
  public static Slip decode(byte[] body) {
    KeptSlip kept = Json.decode(body, KeptSlip.class);
    return new Slip(
        kept.name(), kept.rows().stream().map(Slip::row).toList(), kept.fromRight(), false);
  }

  private static Kept kept(Row row) {
    return switch (row) {
      case Row.Middle(String text, Style style) -> new Kept("middle", text, "", style);
      case Row.Left(String text) -> new Kept("left", text, "", Style.NORMAL);
      case Row.Pair(String left, String right, Style style) -> new Kept("pair", left, right, style);
      case Row.Rule _ -> new Kept("rule", "", "", Style.NORMAL);
      case Row.Blank _ -> new Kept("blank", "", "", Style.NORMAL);
    };
  }

  private static Row row(Kept kept) {
    String left = kept.left() == null ? "" : kept.left();
    String right = kept.right() == null ? "" : kept.right();
    return switch (kept.kind()) {
      case "middle" -> new Row.Middle(left, kept.style());
      case "left" -> new Row.Left(left);
      case "pair" -> new Row.Pair(left, right, kept.style());
      case "rule" -> new Row.Rule();
      default -> new Row.Blank();
    };
  }

  /** The same, marked above and below as one that may not be the first. */
  public Slip asCopy(String mark) {
    List<Row> marked = new ArrayList<>();
    marked.add(new Row.Middle(mark, Style.BOLD));
    marked.addAll(rows);
    marked.add(new Row.Middle(mark, Style.BOLD));
    return new Slip(name, marked, fromRight, false);
  }

  /**
   * All lines, from the top.
   *
   * @param columns 24 or more
   * @param printable brings text into the printer's characters; each is one column afterwards
   */
  public List<ReceiptLine> lay(int columns, UnaryOperator<String> printable) {
    Paper paper = new Paper(columns, fromRight);
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
    private final boolean fromRight;

    /** In a language that begins at the left edge. */
    public Builder() {
      this(false);
    }

    /**
     * @param fromRight true in a language that begins at the right edge
     */
    public Builder(boolean fromRight) {
      this.fromRight = fromRight;
    }

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
    public Slip build(String name, boolean opensDrawer) {
      return new Slip(name, rows, fromRight, opensDrawer);
    }
  }
}
