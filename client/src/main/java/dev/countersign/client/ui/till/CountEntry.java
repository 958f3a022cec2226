package dev.countersign.client.ui.till;

import dev.countersign.client.ledger.DrawerCount;
import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** What is typed while a drawer is counted: a number beside every note and coin. */
final class CountEntry {
  private static final int MOST_PIECES = 6;
  private static final int MOST_MINOR = 9;

  /** Whether anything was typed at all. */
  boolean isTouched() {
    return rows.stream().anyMatch(row -> !row.digits.isEmpty());
  }

  /** What was typed so far; running it puts it back. */
  Runnable remember() {
    List<Row> before = rows;
    List<String> typed = rows.stream().map(row -> row.digits).toList();
    int at = chosen;
    boolean way = bySum;
    return () -> {
      bySum = way;
      rows = before;
      for (int i = 0; i < typed.size(); i++) {
        rows.get(i).digits = typed.get(i);
      }
      chosen = at;
    };
  }

  /** Whether it is a count of the same notes, coins and other means. */
  boolean isOf(List<Long> otherValues, List<Means> otherMeans) {
    return values.equals(otherValues) && others.equals(otherMeans);
  }

  /** What a row counts. */
  sealed interface What {
    /** How many of one note or coin. */
    record Each(long value) implements What {}

    /** The cash in one sum. */
    record Cash() implements What {}

    /** What another means of payment came to. */
    record Other(Means means) implements What {}
  }

  private static final class Row {
    private final What what;
    private String digits = "";

    Row(What what) {
      this.what = what;
    }

    long number() {
      return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
  }

  private final Currency currency;
  private final List<Long> values;
  private final List<Means> others;
  private List<Row> rows = List.of();
  private boolean bySum;
  private int chosen;

  CountEntry(Currency currency, List<Long> values, List<Means> others) {
    this.currency = currency;
    this.values = values;
    this.others = others;
    fill();
  }

  private void fill() {
    List<Row> fresh = new ArrayList<>();
    if (bySum) {
      fresh.add(new Row(new What.Cash()));
    } else {
      values.forEach(value -> fresh.add(new Row(new What.Each(value))));
    }
    others.forEach(means -> fresh.add(new Row(new What.Other(means))));
    rows = fresh;
    chosen = 0;
  }

  /** Counts the other way: note by note, or in one sum; what was typed is gone. */
  void switchWay() {
    bySum = !bySum;
    fill();
  }

  boolean isBySum() {
    return bySum;
  }

  int size() {
    return rows.size();
  }

  What what(int row) {
    return rows.get(row).what;
  }

  /** How many, or how much in minor units. */
  long number(int row) {
    return rows.get(row).number();
  }

  boolean isTyped(int row) {
    return !rows.get(row).digits.isEmpty();
  }

  /** What a row comes to. */
  Money amount(int row) {
    return Money.of(
        what(row) instanceof What.Each(long value)
            ? Math.multiplyExact(value, number(row))
            : number(row),
        currency);
  }

  int chosen() {
    return chosen;
  }

  void choose(int row) {
    chosen = Math.clamp(row, 0, rows.size() - 1);
  }

  boolean isLast() {
    return chosen == rows.size() - 1;
  }

  /** One or two digits more; too many leave it as it is. */
  void type(String more) {
    Row row = rows.get(chosen);
    int most = row.what instanceof What.Each ? MOST_PIECES : MOST_MINOR;
    String all = (row.digits + more).replaceFirst("^0+(?=.)", "");
    row.digits = all.length() > most ? row.digits : all;
  }

  /** Takes the last digit away. */
  void back() {
    Row row = rows.get(chosen);
    row.digits = row.digits.isEmpty() ? "" : row.digits.substring(0, row.digits.length() - 1);
  }

  /** Empties the chosen row. */
  void clear() {
    rows.get(chosen).digits = "";
  }

  /** All cash. */
  Money total() {
    Money total = Money.zero(currency);
    for (int row = 0; row < rows.size(); row++) {
      total = what(row) instanceof What.Other ? total : total.plus(amount(row));
    }
    return total;
  }

  /** All that was counted; another means of payment only where something was typed. */
  DrawerCount count() {
    List<Pieces> pieces = new ArrayList<>();
    List<Tendered> tenders = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      switch (what(row)) {
        case What.Each(long value) -> {
          if (number(row) > 0) {
            pieces.add(new Pieces(value, number(row)));
          }
        }
        case What.Other(Means means) -> {
          if (isTyped(row)) {
            tenders.add(new Tendered(means, number(row)));
          }
        }
        case What.Cash _ -> {
          // The total has it.
        }
      }
    }
    return new DrawerCount(total(), pieces, tenders);
  }
}
