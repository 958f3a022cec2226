package dev.countersign.common.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a store counts its drawers.
 *
 * @param blind true when whoever counts is told only afterwards what the drawer should hold
 * @param sumTyped true when the sum may be typed instead of the notes and coins
 * @param limit the largest difference, in minor units, that takes nobody's approval; null for none
 * @param denominations the values that are counted, in minor units; empty for the currency's own
 * @param reasonsIn proposed when cash is put in; empty for the till's usual ones, as are the others
 * @param reasonsOut proposed when cash is taken out
 * @param reasonsOpen proposed when the drawer is opened without a sale
 */
public record ShiftSettings(
    boolean blind,
    boolean sumTyped,
    @Nullable Long limit,
    List<Long> denominations,
    List<String> reasonsIn,
    List<String> reasonsOut,
    List<String> reasonsOpen) {
  /** The most entries of each list. */
  public static final int MOST = 40;

  /** The longest reason in characters. */
  public static final int LONGEST_REASON = 60;

  /** While a store has said nothing. */
  public static final ShiftSettings USUAL =
      new ShiftSettings(false, true, null, List.of(), List.of(), List.of(), List.of());

  public ShiftSettings {
    denominations = denominations == null ? List.of() : List.copyOf(denominations);
    reasonsIn = reasonsIn == null ? List.of() : List.copyOf(reasonsIn);
    reasonsOut = reasonsOut == null ? List.of() : List.copyOf(reasonsOut);
    reasonsOpen = reasonsOpen == null ? List.of() : List.copyOf(reasonsOpen);
  }

  /** True when every figure and text is within its range. */
  public boolean fits() {
    return (limit == null || limit >= 0)
        && denominations.size() <= MOST
        && denominations.stream().allMatch(value -> value > 0)
        && denominations.stream().distinct().count() == denominations.size()
        && areReasons(reasonsIn)
        && areReasons(reasonsOut)
        && areReasons(reasonsOpen);
  }

  private static boolean areReasons(List<String> reasons) {
    return reasons.size() <= MOST
        && reasons.stream()
            .allMatch(reason -> !reason.isBlank() && reason.length() <= LONGEST_REASON);
  }
}
