package dev.countersign.common.protocol;

import dev.countersign.common.sale.Notes;
import java.util.UUID;

/**
 * What somebody called a basket that they put aside, told beside the signed change: it is often a
 * customer's name, and is forgotten everywhere when the basket is taken up.
 */
public record ParkedName(UUID parked, String name) {
  /** Longest name, in characters. */
  public static final int LONGEST = 40;

  public ParkedName {
    name = name == null ? "" : name;
  }

  /** Whether it is one line of at most {@link #LONGEST}. */
  public boolean fits() {
    return name.length() <= LONGEST && Notes.fits(name);
  }
}
