package dev.countersign.client.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a printer answered to {@code DLE EOT} 1, 2 and 4 (Epson's command reference); null for what
 * it did not answer.
 */
record PrinterStatus(
    @Nullable Integer printer, @Nullable Integer offline, @Nullable Integer paper) {
  private static final int OFFLINE = 0x08;
  private static final int COVER = 0x04;
  private static final int PAPER_STOP = 0x20;
  private static final int ERROR = 0x40;
  private static final int PAPER_OUT = 0x60;
  private static final int PAPER_LOW = 0x0c;

  /** Asks 1, 2 and 4, in this order. */
  static final int[] ASKED = {1, 2, 4};

  static PrinterStatus unknown() {
    return new PrinterStatus(null, null, null);
  }

  /** An answer to DLE EOT has two bits set and two clear, by which it is told from all else. */
  static boolean isAnswer(int b) {
    return (b & 0x93) == 0x12;
  }

  /** With the answer to the {@code index}th of {@link #ASKED}. */
  PrinterStatus with(int index, int answer) {
    return switch (index) {
      case 0 -> new PrinterStatus(answer, offline, paper);
      case 1 -> new PrinterStatus(printer, answer, paper);
      default -> new PrinterStatus(printer, offline, answer);
    };
  }

  boolean isKnown() {
    return printer != null || offline != null || paper != null;
  }

  /** The cause before its consequence: an open cover also means that the printer is offline. */
  Optional<Trouble> trouble() {
    if (has(offline, COVER)) {
      return Optional.of(Trouble.COVER_OPEN);
    }
    if (has(offline, PAPER_STOP) || has(paper, PAPER_OUT)) {
      return Optional.of(Trouble.NO_PAPER);
    }
    if (has(offline, ERROR)) {
      return Optional.of(Trouble.FAULT);
    }
    return has(printer, OFFLINE) ? Optional.of(Trouble.OFFLINE) : Optional.empty();
  }

  /** True when the roll is nearly at its end. */
  boolean isPaperLow() {
    return has(paper, PAPER_LOW);
  }

  private static boolean has(@Nullable Integer answer, int bits) {
    return answer != null && (answer & bits) != 0;
  }
}
