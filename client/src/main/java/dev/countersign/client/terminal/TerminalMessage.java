package dev.countersign.client.terminal;

import dev.countersign.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a till and a terminal say to each other over one connection: a line of JSON asks, a line of
 * JSON answers, and the connection is closed. Fields that one side does not know are left out.
 */
final class TerminalMessage {
  /** A line longer than this is no message of ours. */
  private static final int LONGEST = 4096;

  private TerminalMessage() {}

  /** What a till asks for. */
  enum Act {
    AUTHORISE,
    QUERY,
    REVERSE,
    REFUND
  }

  /** How a terminal answers. */
  enum Result {
    APPROVED,
    DECLINED,
    TIMED_OUT,
    REVERSED,
    REFUSED
  }

  /**
   * @param amount in minor units of {@code currency}; 0 but for a payment and a refund
   * @param reference of the payment that gets back; of a refund alone
   */
  record Asked(Act act, UUID key, long amount, String currency, @Nullable String reference) {
    Asked {
      Objects.requireNonNull(act, "act");
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * @param key as it was asked
   * @param reference of a payment
   * @param lastFour of its card
   * @param reason why not
   */
  record Answer(
      UUID key,
      Result result,
      @Nullable String reference,
      @Nullable String lastFour,
      @Nullable String reason) {
    Answer {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(result, "result");
    }
  }

  static void send(OutputStream out, Object message) throws IOException {
    out.write(Json.encode(message));
    out.write('\n');
    out.flush();
  }

  /**
   * Reads one message.
   *
   * @throws IOException also when it is cut short, too long or none
   */
  static <T> T read(InputStream in, Class<T> type) throws IOException {
    byte[] line = new byte[LONGEST];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || length == LONGEST) {
        throw new IOException(next < 0 ? "the line was cut short" : "the line is too long");
      }
      line[length++] = (byte) next;
    }
    try {
      return Json.decodeKnown(Arrays.copyOf(line, length), type);
    } catch (JacksonException e) {
      throw new IOException("no message of a terminal", e);
    }
  }
}
