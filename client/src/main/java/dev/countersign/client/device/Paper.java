package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.util.ArrayList;
import java.util.List;

/** Fills lines of a fixed width. One character is one column, whatever the caller made sure of. */
final class Paper {
  private final int columns;
  private final List<ReceiptLine> lines = new ArrayList<>();

  Paper(int columns) {
    this.columns = columns;
  }

  List<ReceiptLine> lines() {
    return List.copyOf(lines);
  }

  void blank() {
    lines.add(new ReceiptLine("", Style.NORMAL));
  }

  void rule() {
    lines.add(new ReceiptLine("-".repeat(columns), Style.NORMAL));
  }

  void left(String text) {
    for (String part : wrapped(text, columns)) {
      lines.add(new ReceiptLine(part, Style.NORMAL));
    }
  }

  void centred(String text, Style style) {
    for (String part : wrapped(text, width(style))) {
      int space = (width(style) - width(part)) / 2;
      lines.add(new ReceiptLine(" ".repeat(space) + part, style));
    }
  }

  /** Text on the left, an amount at the right edge; the amount is never cut or wrapped. */
  void pair(String left, String right, Style style) {
    int width = width(style);
    if (style == Style.LOUD && width(right) + 1 >= width) {
      // An amount of many digits is better small than cut.
      pair(left, right, Style.BOLD);
      return;
    }
    int beside = width - width(right) - 1;
    List<String> parts = new ArrayList<>(wrapped(left, width));
    String last = parts.removeLast();
    if (width(last) > beside) {
      parts.addAll(wrapped(last, Math.max(1, beside)));
      last = parts.removeLast();
    }
    for (String part : parts) {
      lines.add(new ReceiptLine(part, style));
    }
    int gap = width - width(last) - width(right);
    lines.add(new ReceiptLine(last + " ".repeat(Math.max(1, gap)) + right, style));
  }

  private int width(Style style) {
    return style == Style.LOUD ? columns / 2 : columns;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Breaks at spaces where it can, else in the word. At least one part, which may be empty. */
  private static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text.stripTrailing();
    while (width(rest) > width) {
      int hard = rest.offsetByCodePoints(0, width);
      int space = rest.lastIndexOf(' ', hard);
      boolean words = space > 0 && !rest.substring(0, space).isBlank();
      parts.add(rest.substring(0, words ? space : hard).stripTrailing());
      rest = rest.substring(words ? space : hard).strip();
    }
    parts.add(rest);
    return parts;
  }
}
