package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Codes for the day the telephone is lost. Each has 80 bits, so that its plain hash cannot be
 * searched; shown once, good once.
 */
final class RecoveryCodes {
  static final int HOW_MANY = 10;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LETTERS = 16;

  private RecoveryCodes() {}

  static List<String> make(SecureRandom random) {
    Set<String> codes = new LinkedHashSet<>();
    while (codes.size() < HOW_MANY) {
      StringBuilder code = new StringBuilder();
      for (int i = 0; i < LETTERS; i++) {
        code.append(i > 0 && i % 4 == 0 ? "-" : "");
        code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      codes.add(code.toString());
    }
    return List.copyOf(codes);
  }

  /** Case, dashes and spaces do not matter. */
  static Hash hash(String typed) {
    String letters = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    return Hash.of(letters.getBytes(StandardCharsets.UTF_8));
  }
}
