package dev.countersign.common.sale;

import dev.countersign.common.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands on a gift card or a credit slip: whoever knows it may spend what is on the account.
 * Twenty letters and digits without look-alikes, the last one a check character; 92 bits are
 * random, so that its hash can be kept where the code must not be. Every group begins with a
 * letter: there are never more than four digits in a row, and no card number looks like that.
 */
public final class CreditCode {
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final String ALPHABET = "23456789" + LETTERS;
  private static final int GROUP = 5;
  private static final int LENGTH = 4 * GROUP;

  private final String code;

  private CreditCode(String code) {
    this.code = code;
  }

  /** A new one. */
  public static CreditCode make(SecureRandom random) {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH - 1; i++) {
      String from = i % GROUP == 0 ? LETTERS : ALPHABET;
      code.append(from.charAt(random.nextInt(from.length())));
    }
    return new CreditCode(code.append(check(code)).toString());
  }

  /**
   * Reads what was typed or scanned, with or without its dashes and in small letters too; empty
   * when it is no code, as when one character is wrong or two neighbours are exchanged.
   */
  public static Optional<CreditCode> parse(String typed) {
    String code = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    if (code.length() != LENGTH) {
      return Optional.empty();
    }
    for (int i = 0; i < LENGTH; i++) {
      String from = i % GROUP == 0 ? LETTERS : ALPHABET;
      if (from.indexOf(code.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    return code.charAt(LENGTH - 1) == check(code.substring(0, LENGTH - 1))
        ? Optional.of(new CreditCode(code))
        : Optional.empty();
  }

  /**
   * The number of symbols is a prime, so different weights find every wrong character and every
   * exchange of two.
   */
  private static char check(CharSequence code) {
    int sum = 0;
    for (int i = 0; i < code.length(); i++) {
      sum += (i + 2) * ALPHABET.indexOf(code.charAt(i));
    }
    // The check character itself has the weight 1.
    return ALPHABET.charAt(Math.floorMod(-sum, ALPHABET.length()));
  }

  /** The code as it is printed, in groups of five. It is a secret: for paper and store alone. */
  public String text() {
    StringBuilder text = new StringBuilder(LENGTH + 3);
    for (int i = 0; i < LENGTH; i += GROUP) {
      text.append(i == 0 ? "" : "-").append(code, i, i + GROUP);
    }
    return text.toString();
  }

  /** What the server may know of it: finds the account, and does not open it. */
  public Hash hash(UUID tenant) {
    String text = "countersign credit code\n" + tenant + "\n" + code;
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "••••";
  }
}
