package dev.countersign.common.sale;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a customer buys, as it was granted from one word to the next. Unlike what is known of them it
 * stands in the signed change: money depends on it.
 *
 * @param version how often it was granted, from 1
 * @param priceList the list by which they buy, or null for the usual prices
 * @param exemption why they pay no tax, such as the number of the paper that says so; 120
 *     characters at most, empty when they do pay
 * @param limit what they may owe, in minor units; 0 for customers without an account
 */
public record CustomerTerms(int version, @Nullable UUID priceList, String exemption, long limit) {
  private static final int LONGEST = 120;
  private static final long LARGEST = 1_000_000_000_000L;

  public CustomerTerms {
    // What is empty is not written.
    exemption = exemption == null ? "" : exemption;
  }

  /** Whether every figure is within its range and the text is one line that is not too long. */
  public boolean fits() {
    return version >= 1
        && limit >= 0
        && limit <= LARGEST
        && exemption.length() <= LONGEST
        && exemption.equals(exemption.strip())
        && exemption.chars().noneMatch(Character::isISOControl);
  }
}
