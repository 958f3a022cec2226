package dev.countersign.server.signin;

import java.util.UUID;

/** Lets tests of other packages read a token. */
public final class Tokens {
  private Tokens() {}

  /** The tenant a token names, or null when the text is none. */
  public static UUID tenant(String text) {
    return Token.parse(text).map(Token::tenant).orElse(null);
  }
}
