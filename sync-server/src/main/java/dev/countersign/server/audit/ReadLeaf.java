package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.json.TextEnds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/**
 * A leaf read back: the fields in the one order that the log writes them, texts that are left out
 * empty. Whoever verifies a log reads millions, so this goes over the bytes once, notes where the
 * texts stand and makes a text only of what is asked for. The array is shared, not copied.
 */
public final class ReadLeaf {
  /** A text of a leaf, in the order of the log. */
  public enum Field {
    AT,
    WHO,
    DEVICE,
    ADDRESS,
    WHAT,
    ENTITY,
    VERDICT,
    CODE,
    PAYLOAD,
    SIGNATURE,
    KEY,
    DETAIL;

    private final byte[] head =
        (",\"" + name().toLowerCase(Locale.ROOT) + "\":\"").getBytes(StandardCharsets.US_ASCII);
  }

  private static final Field[] FIELDS = Field.values();
  private static final byte[] INDEX = "{\"index\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BATCH = ",\"batch\":".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final int end;

  /** Where each field begins and ends in turn; both 0 where it is left out. */
  private final int[] places = new int[2 * FIELDS.length];

  private final long index;
  private long batch;
  private int at;

  private ReadLeaf(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
    if (!skips(INDEX)) {
      throw new IllegalArgumentException("an entry without its index");
    }
    this.index = digits();
    for (Field field : FIELDS) {
      if (field == Field.SIGNATURE && skips(BATCH)) {
        batch = digits();
      }
      if (skips(field.head)) {
        skip(field);
      } else if (field == Field.AT) {
        throw new IllegalArgumentException("an entry without its time");
      }
    }
    if (at != end - 1 || bytes[at] != '}') {
      throw new IllegalArgumentException("something else than the end follows an entry's fields");
    }
  }

  /**
   * Reads a leaf.
   *
   * @throws IllegalArgumentException if it is not of the one form
   */
  public static ReadLeaf parse(byte[] bytes, int offset, int length) {
    return new ReadLeaf(bytes, offset, length);
  }

  /** Its place in the log, from 0. */
  public long index() {
    return index;
  }

  /** The number of the batch, 0 where it is none. */
  public long batch() {
    return batch;
  }

  /** When it was received, as ISO 8601. */
  public String at() {
    return text(Field.AT);
  }

  public String who() {
    return text(Field.WHO);
  }

  /** The device's id, or empty. */
  public String device() {
    return text(Field.DEVICE);
  }

  public String what() {
    return text(Field.WHAT);
  }

  public String entity() {
    return text(Field.ENTITY);
  }

  /** The verdict's name, or empty. */
  public String verdict() {
    return text(Field.VERDICT);
  }

  public String code() {
    return text(Field.CODE);
  }

  /** 64 hexadecimal digits, or empty. */
  public String payload() {
    return text(Field.PAYLOAD);
  }

  public String signature() {
    return text(Field.SIGNATURE);
  }

  public String key() {
    return text(Field.KEY);
  }

  /** Whether a field has these bytes, escape sequences compared as they are written. */
  public boolean has(Field field, byte[] other, int from, int to) {
    int start = places[2 * field.ordinal()];
    int stop = places[2 * field.ordinal() + 1];
    return Arrays.equals(bytes, start, stop, other, from, to);
  }

  /** Whether this is the hash of the payload that it names. */
  public boolean names(Hash hash) {
    int place = 2 * Field.PAYLOAD.ordinal();
    return hash.isWritten(bytes, places[place], places[place + 1]);
  }

  private String text(Field field) {
    int start = places[2 * field.ordinal()];
    int stop = places[2 * field.ordinal() + 1];
    for (int i = start; i < stop; i++) {
      if (bytes[i] == '\\') {
        return unescaped(start, stop);
      }
    }
    return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
  }

  private String unescaped(int start, int stop) {
    try {
      return Json.decode(Arrays.copyOfRange(bytes, start - 1, stop + 1), String.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a text that is not JSON", e);
    }
  }

  private boolean skips(byte[] literal) {
    int stop = at + literal.length;
    // Most fields differ from another in their first letter.
    if (stop > end
        || bytes[at + 2] != literal[2]
        || !Arrays.equals(bytes, at, stop, literal, 0, literal.length)) {
      return false;
    }
    at = stop;
    return true;
  }

  private long digits() {
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

  /** Notes where a text stands, up to its closing quote. */
  private void skip(Field field) {
    int start = at;
    at = TextEnds.next(bytes, start, end);
    boolean escaped = at < end && bytes[at] == '\\';
    if (escaped) {
      at = TextEnds.closing(bytes, at, end);
    }
    if (at >= end) {
      throw new IllegalArgumentException("a text without its end");
    }
    places[2 * field.ordinal()] = start;
    places[2 * field.ordinal() + 1] = at;
    if (escaped) {
      unescaped(start, at);
    }
    at++;
  }
}
