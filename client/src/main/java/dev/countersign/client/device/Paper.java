package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Place;
import dev.countersign.client.device.ReceiptLine.Style;
import java.util.ArrayList;
import java.util.List;

/** Fills lines of a fixed width; a language that begins at the right has its edges swapped. */
final class Paper {
  private final int columns;
  private final boolean fromRight;
  private final List<ReceiptLine> lines = new ArrayList<>();

  Paper(int columns, boolean fromRight) {
    this.columns = columns;
    this.fromRight = fromRight;
  }

  List<ReceiptLine> lines() {
    return List.copyOf(lines);
  }

  void blank() {
    edges("", "", Style.NORMAL);
  }

  void rule() {
    edges("-".repeat(columns), "", Style.NORMAL);
  }

  void left(String text) {
    for (String part : wrapped(text, columns)) {
      edges(part, "", Style.NORMAL);
    }
  }

  void centred(String text, Style style) {
    for (String part : wrapped(text, width(style))) {
      lines.add(new ReceiptLine(part, "", Place.CENTRE, width(style), style));
    }
  }

  /** Text at the near edge, an amount at the far one; the amount is never cut or wrapped. */
  void pair(String left, String right, Style style) {
    int width = width(style);
    if (style == Style.LOUD && Columns.of(right) + 1 >= width) {
      // An amount of many digits is better small than cut.
      pair(left, right, Style.BOLD);
      return;
    }
    int beside = width - Columns.of(right) - 1;
    List<String> parts = new ArrayList<>(wrapped(left, width));
    String last = parts.removeLast();
    if (Columns.of(last) > beside) {
      parts.addAll(wrapped(last, Math.max(1, beside)));
      last = parts.removeLast();
    }
    for (String part : parts) {
      edges(part, "", style);
    }
    edges(last, right, style);
  }

  private void edges(String near, String far, Style style) {
    lines.add(
        fromRight
            ? new ReceiptLine(far, near, Place.EDGES, width(style), style)
            : new ReceiptLine(near, far, Place.EDGES, width(style), style));
  }

  private int width(Style style) {
    return style == Style.LOUD ? columns / 2 : columns;
  }

  /** Breaks at spaces where it can, else in the word. At least one part, which may be empty. */
  private static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text.stripTrailing();
    while (Columns.of(rest) > width) {
      int hard = fitting(rest, width);
      int space = rest.lastIndexOf(' ', hard);
      boolean words = space > 0 && !rest.substring(0, space).isBlank();
      parts.add(rest.substring(0, words ? space : hard).stripTrailing());
      rest = rest.substring(words ? space : hard).strip();
    }
    parts.add(rest);
    return parts;
  }

  /** Index behind as much as fits; one character at least, so that it ends. */
  private static int fitting(String text, int width) {
    int at = text.offsetByCodePoints(0, 1);
    int used = Columns.of(text.codePointAt(0));
    while (at < text.length() && used + Columns.of(text.codePointAt(at)) <= width) {
      used += Columns.of(text.codePointAt(at));
      at = text.offsetByCodePoints(at, 1);
    }
    return at;
  }
}
