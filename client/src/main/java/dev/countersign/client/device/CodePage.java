package dev.countersign.client.device;

import java.nio.charset.Charset;

/** A printer's character table (the command {@code ESC t n}): one byte a character. */
public enum CodePage {
  /** The original IBM PC page; every printer has it. */
  PC437(0, "IBM437"),
  /** Western Europe. */
  PC850(2, "IBM850"),
  /** Western Europe, with the euro. */
  PC858(19, "IBM00858"),
  /** Central Europe. */
  PC852(18, "IBM852"),
  /** Cyrillic. */
  PC866(17, "IBM866"),
  /** Greek. */
  WPC1253(47, "windows-1253"),
  /** Windows Latin 1. */
  WPC1252(16, "windows-1252");

  private final int number;
  private final String charsetName;

  CodePage(int number, String charsetName) {
    this.number = number;
    this.charsetName = charsetName;
  }

  /** The {@code n} of {@code ESC t n} in Epson's list, which most others follow. */
  public int number() {
    return number;
  }

  /** The same table as Java knows it. */
  public Charset charset() {
    return Charset.forName(charsetName);
  }
}
