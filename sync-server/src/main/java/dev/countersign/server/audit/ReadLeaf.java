package dev.countersign.server.audit;

import dev.countersign.common.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/**
 * A leaf read back: the fields in the one order that the log writes them, texts that are left out
 * empty. Whoever verifies a log reads millions, so this goes over the bytes once.
 *
 * @param device the device's id, or empty
 * @param verdict the verdict's name, or empty
 * @param payload 64 hexadecimal digits, or empty
 * @param batch 0 where it is no batch
 */
public record ReadLeaf(
    long index,
    String at,
    String who,
    String device,
    String what,
    String entity,
    String verdict,
    String code,
    String payload,
    long batch,
    String signature,
    String key) {

  /**
   * Reads a leaf.
   *
   * @throws IllegalArgumentException if it is not of the one form
   */
  public static ReadLeaf parse(byte[] bytes, int offset, int length) {
    Cursor in = new Cursor(bytes, offset, offset + length);
    in.expect("{\"index\":");
    long index = in.digits();
    in.expect(",\"at\":\"");
    String at = in.text();
    String who = in.optional(",\"who\":\"");
    String device = in.optional(",\"device\":\"");
    in.optional(",\"address\":\"");
    String what = in.optional(",\"what\":\"");
    String entity = in.optional(",\"entity\":\"");
    String verdict = in.optional(",\"verdict\":\"");
    String code = in.optional(",\"code\":\"");
    String payload = in.optional(",\"payload\":\"");
    long batch = in.has(",\"batch\":") ? in.digits() : 0;
    String signature = in.optional(",\"signature\":\"");
    String key = in.optional(",\"key\":\"");
    in.optional(",\"detail\":\"");
    in.expect("}");
    if (in.at != in.end) {
      throw new IllegalArgumentException("something follows the entry");
    }
    return new ReadLeaf(
        index, at, who, device, what, entity, verdict, code, payload, batch, signature, key);
  }

  private static final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.at = start;
      this.end = end;
    }

    boolean has(String literal) {
      int count = literal.length();
      if (end - at < count) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        if (bytes[at + i] != literal.charAt(i)) {
          return false;
        }
      }
      at += count;
      return true;
    }

    void expect(String literal) {
      if (!has(literal)) {
        throw new IllegalArgumentException("an entry without " + literal);
      }
    }

    String optional(String head) {
      return has(head) ? text() : "";
    }

    long digits() {
      int start = at;
      long value = 0;
      while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
        value = Math.addExact(Math.multiplyExact(value, 10L), bytes[at++] - '0');
      }
      if (at == start || at - start > 18 || (bytes[start] == '0' && at - start > 1)) {
        throw new IllegalArgumentException("not a plain decimal number");
      }
      return value;
    }

    /** Up to the closing quote. */
    String text() {
      int start = at;
      boolean escaped = false;
      while (at < end && bytes[at] != '"') {
        boolean escape = bytes[at] == '\\';
        escaped |= escape;
        at += escape ? 2 : 1;
      }
      if (at >= end) {
        throw new IllegalArgumentException("a text without its end");
      }
      int stop = at++;
      if (!escaped) {
        return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
      }
      String quoted = new String(bytes, start - 1, stop - start + 2, StandardCharsets.UTF_8);
      try {
        return Json.decode(quoted.getBytes(StandardCharsets.UTF_8), String.class);
      } catch (JacksonException e) {
        throw new IllegalArgumentException("a text that is not JSON", e);
      }
    }
  }
}
