package dev.countersign.common.protocol;

import java.util.regex.Pattern;

/**
 * A token as {@code Authorization: Bearer} carries it (RFC 6750, 2.1). One that was damaged on its
 * way must not be kept: no request could be made with it, and so nobody could say that it is wrong.
 */
public final class Bearer {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,1024}=*");

  private Bearer() {}

  /**
   * Gives back a token that a header can carry.
   *
   * @throws IllegalArgumentException for any other
   */
  public static String written(String token) {
    if (!FORM.matcher(token).matches()) {
      throw new IllegalArgumentException("not a bearer token");
    }
    return token;
  }
}
