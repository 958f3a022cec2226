package dev.countersign.common.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a server's data are for. It stands in the control data, in every tenant, in every device
 * certificate and in enrolment codes, and nothing of one is ever taken for another's.
 */
public enum Environment {
  /** Real business. */
  PRODUCTION("production"),
  /** A rehearsal of a new version, perhaps on a copy of real data. */
  STAGING("staging"),
  /** People learn; nothing of it is real. */
  PRACTICE("practice"),
  /** Shown to visitors. */
  DEMO("demo");

  private final String word;

  Environment(String word) {
    this.word = word;
  }

  /** As it is stored, sent and typed. */
  public String word() {
    return word;
  }

  /** The environment of this word, or empty when there is none. */
  public static Optional<Environment> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }
}
