package dev.countersign.common.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a manager hands to a new till, as one line to paste or scan: {@code
 * https://host:port#CODE.SECRET.PIN}, with {@code .practice} or the like behind it where it is not
 * for real business. The fragment never leaves the till.
 *
 * @param server base address without a trailing slash
 * @param code public half, eight characters
 * @param secret sixteen characters, 80 bits: cannot be searched within the code's ten minutes
 * @param pin SHA-256 of the server certificate's public key, hexadecimal; null when the server has
 *     a certificate that the system trusts
 * @param environment of the server; one that is not production is said in the line
 */
public record EnrolmentTicket(
    String server, String code, String secret, @Nullable String pin, Environment environment) {
  /** Crockford's base 32: no I, L, O or U that a person could misread. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Pattern FRAGMENT =
      Pattern.compile(
          "([0-9A-HJKMNP-TV-Z]{8})\\.([0-9A-HJKMNP-TV-Z]{16})(?:\\.([0-9a-f]{64}))?"
              + "(?:\\.(staging|practice|demo))?");

  /** Makes a code that nobody has had. */
  public static EnrolmentTicket make(
      String server, @Nullable String pin, Environment environment, SecureRandom random) {
    return new EnrolmentTicket(server, letters(8, random), letters(16, random), pin, environment);
  }

  /**
   * Reads a pasted line; white space around it and inside it (a wrapped e-mail) is ignored.
   *
   * @throws IllegalArgumentException when it is not a ticket
   */
  public static EnrolmentTicket parse(String pasted) {
    try {
      URI uri = new URI(pasted.replaceAll("\\s+", ""));
      String fragment = uri.getFragment();
      Matcher parts = FRAGMENT.matcher(fragment == null ? "" : fragment);
      if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !parts.matches()) {
        throw new IllegalArgumentException("not an enrolment code");
      }
      String server = "https://" + uri.getRawAuthority();
      String named = parts.group(4);
      Environment environment =
          named == null ? Environment.PRODUCTION : Environment.named(named).orElseThrow();
      return new EnrolmentTicket(
          server, parts.group(1), parts.group(2), parts.group(3), environment);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not an enrolment code", e);
    }
  }

  /** The line to paste. */
  public String text() {
    return server + "#" + code + "." + secret + (pin == null ? "" : "." + pin) + suffix();
  }

  private String suffix() {
    return environment == Environment.PRODUCTION ? "" : "." + environment.word();
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return server + "#" + code + ".••••";
  }

  private static String letters(int count, SecureRandom random) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
