package dev.countersign.client.ledger;

import dev.countersign.common.change.DrawerCounted.Pieces;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.ShiftFigures.Tendered;
import dev.countersign.common.money.Money;
import java.util.List;

/**
 * What somebody counted at the end of a shift.
 *
 * @param total the cash in the drawer, not negative
 * @param pieces how many of each note and coin, each value once; empty when the sum was typed
 * @param others what other tenders came to by their own reports, such as the card terminal's
 */
public record DrawerCount(Money total, List<Pieces> pieces, List<Tendered> others) {
  public DrawerCount {
    pieces = List.copyOf(pieces);
    others = List.copyOf(others);
  }

  /** A typed sum. */
  public static DrawerCount ofSum(Money total) {
    return new DrawerCount(total, List.of(), List.of());
  }

  /** True when the pieces are the sum, no value stands twice, and no tender. */
  boolean addsUp() {
    long sum = 0;
    for (Pieces each : pieces) {
      if (each.value() <= 0 || each.count() < 0) {
        return false;
      }
      sum = Math.addExact(sum, Math.multiplyExact(each.value(), each.count()));
    }
    return (pieces.isEmpty() || sum == total.minor())
        && pieces.stream().map(Pieces::value).distinct().count() == pieces.size()
        && others.stream().map(Tendered::means).distinct().count() == others.size()
        && others.stream().noneMatch(each -> each.means() == Means.CASH);
  }
}
