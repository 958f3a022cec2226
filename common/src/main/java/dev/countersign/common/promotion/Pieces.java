package dev.countersign.common.promotion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The goods of a sale one by one, the dearest first. Equal goods are the same whichever line they
 * stand on, so that the order of scanning decides nothing but on which line an amount is shown.
 */
final class Pieces {
  /** A line of more is counted by nobody: it is taken as a whole, like what is weighed. */
  static final int MOST_OF_A_LINE = 999;

  /** In a sale of more pieces than this, none is counted one by one. */
  static final int MOST = 100_000;

  private static final long ONE = 1_000_000;

  private final List<Piece> pieces;
  private final long[] left;
  private final boolean[] touched;
  private final boolean[] taken;

  private record Piece(SaleRow row, int at, long price, long quantity, boolean single) {
    @Nullable UUID product() {
      return row.product();
    }
  }

  private static final Comparator<Piece> DEAREST_FIRST =
      Comparator.comparingLong((Piece piece) -> -piece.price())
          .thenComparing(Piece::product, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(piece -> piece.row().category())
          .thenComparing(piece -> piece.row().reduced())
          .thenComparingLong(Piece::quantity)
          .thenComparingInt(Piece::at);

  Pieces(List<SaleRow> rows) {
    long countable = rows.stream().mapToLong(Pieces::countable).sum();
    pieces = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      if (row.amount() > 0 && row.amount() <= Promotion.LARGEST && row.quantity().isPositive()) {
        long many = countable > MOST ? 0 : countable(row);
        if (many == 0) {
          pieces.add(new Piece(row, i, row.amount(), row.quantity().millionths(), false));
        }
        for (long n = 0; n < many; n++) {
          // Each piece's end less its start: together they are the line, to the cent.
          long price = row.amount() * (n + 1) / many - row.amount() * n / many;
          pieces.add(new Piece(row, i, price, ONE, true));
        }
      }
    }
    pieces.sort(DEAREST_FIRST);
    left = pieces.stream().mapToLong(Piece::price).toArray();
    touched = new boolean[left.length];
    taken = new boolean[left.length];
  }

  /** How many pieces a line has; 0 when they are not counted. */
  private static long countable(SaleRow row) {
    long units = row.quantity().millionths() / ONE;
    return row.quantity().isWhole() && units >= 1 && units <= MOST_OF_A_LINE ? units : 0;
  }

  int size() {
    return left.length;
  }

  /** The place of its line in the sale. */
  int row(int piece) {
    return pieces.get(piece).at();
  }

  boolean isMeant(int piece, Wanted goods) {
    return goods.has(product(piece), category(piece));
  }

  @Nullable UUID product(int piece) {
    return pieces.get(piece).product();
  }

  String category(int piece) {
    return pieces.get(piece).row().category();
  }

  /** What is still to be paid for it. */
  long left(int piece) {
    return left[piece];
  }

  /** One of something, not a weight. */
  boolean isSingle(int piece) {
    return pieces.get(piece).single();
  }

  /** So much per unit, for this much of it; halves up. */
  long times(int piece, long perUnit) {
    long quantity = pieces.get(piece).quantity();
    return quantity == ONE ? perUnit : Shares.of(perUnit, quantity, ONE, true);
  }

  /** How much may still come off under a limit in hundredths of a percent of the price. */
  long room(int piece, int ofPrice) {
    long price = pieces.get(piece).price();
    return Math.max(0, Shares.of(price, ofPrice, Offer.ALL, false) - (price - left[piece]));
  }

  /** Whether a promotion can have it. */
  boolean isFreeFor(int piece, Promotion promotion) {
    return left[piece] > 0
        && !taken[piece]
        && (promotion.combines() || !touched[piece])
        && (promotion.onReduced() || !pieces.get(piece).row().reduced());
  }

  void take(int piece, long off, boolean combines) {
    left[piece] -= off;
    touched[piece] = true;
    taken[piece] |= !combines;
  }
}
