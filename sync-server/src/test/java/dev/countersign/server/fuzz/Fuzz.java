package dev.countersign.server.fuzz;

import java.util.Locale;

/** Where Jazzer comes in; the property {@code fuzz.target} names the {@link Target}. */
public final class Fuzz {
  private static final Target TARGET =
      Target.valueOf(System.getProperty("fuzz.target", "ENVELOPE").toUpperCase(Locale.ROOT));

  private Fuzz() {}

  /** One input; the name is Jazzer's. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    TARGET.accept(bytes);
  }
}
