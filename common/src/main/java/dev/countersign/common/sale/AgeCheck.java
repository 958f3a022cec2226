package dev.countersign.common.sale;

import dev.countersign.common.catalogue.Handling;
import java.util.Objects;

/**
 * The cashier says that the customer is old enough. No date of birth is kept: that somebody looked,
 * and how, is all that has to be shown.
 *
 * @param years the age that was asked for, 1 to 99
 */
public record AgeCheck(int years, How how) {
  /** How they know. */
  public enum How {
    /** By looking: nobody could take the customer for younger. */
    LOOKED,
    /** By a document that shows the date of birth. */
    DOCUMENT
  }

  public AgeCheck {
    Objects.requireNonNull(how, "how");
    if (years < 1 || years > Handling.OLDEST) {
      throw new IllegalArgumentException("an age of 1 to " + Handling.OLDEST + " years");
    }
  }
}
