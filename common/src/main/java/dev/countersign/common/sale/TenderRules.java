package dev.countersign.common.sale;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a shop takes, and of what it gives change in cash when it is worth more than is due.
 *
 * @param taken always with cash: without it a sale that comes to nothing could not be finished
 * @param change always with cash; never what cannot give any
 */
public record TenderRules(Set<TenderKind> taken, Set<TenderKind> change) {
  /** Everything is taken, and change is given of cash alone. */
  public static final TenderRules USUAL =
      new TenderRules(EnumSet.allOf(TenderKind.class), EnumSet.of(TenderKind.CASH));

  /** What does not fit is put right: these come from a setting. */
  public TenderRules {
    EnumSet<TenderKind> all = EnumSet.of(TenderKind.CASH);
    all.addAll(taken);
    EnumSet<TenderKind> giving = EnumSet.of(TenderKind.CASH);
    giving.addAll(change);
    giving.removeIf(kind -> !kind.canGiveChange());
    taken = Collections.unmodifiableSet(all);
    change = Collections.unmodifiableSet(giving);
  }

  public boolean takes(TenderKind kind) {
    return taken.contains(kind);
  }

  /** Whether change is given of it. */
  public boolean givesChange(TenderKind kind) {
    return change.contains(kind);
  }
}
