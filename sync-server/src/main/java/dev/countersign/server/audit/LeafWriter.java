package dev.countersign.server.audit;

import dev.countersign.common.crypto.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as the log's leaves: one line of JSON each, fields in a fixed order, what is empty
 * left out, so that one entry has one text. By hand, because every change of every till passes
 * here. For one thread.
 */
final class LeafWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** A little more than an entry usually takes. */
  private static final int ENTRY = 512;

  private byte[] buffer;
  private int length;
  private @Nullable Instant lastAt;
  private String lastAtText = "";

  /**
   * @param entries how many will come, about
   */
  LeafWriter(int entries) {
    buffer = new byte[entries * ENTRY];
  }

  /** Appends the entry's JSON, without a line end; it then stands at the end of the buffer. */
  void write(long index, AuditEntry entry) {
    ascii("{\"index\":");
    ascii(Long.toString(index));
    ascii(",\"at\":\"");
    ascii(instant(entry.at()));
    put('"');
    text(",\"who\":\"", entry.who());
    if (entry.device() != null) {
      plain(",\"device\":\"", entry.device().toString());
    }
    text(",\"address\":\"", entry.address());
    text(",\"what\":\"", entry.what());
    text(",\"entity\":\"", entry.entity());
    if (entry.verdict() != null) {
      plain(",\"verdict\":\"", entry.verdict().name());
    }
    text(",\"code\":\"", entry.code());
    if (entry.payload() != null) {
      hash(entry.payload());
    }
    if (entry.batch() != 0) {
      ascii(",\"batch\":");
      ascii(Long.toString(entry.batch()));
    }
    text(",\"signature\":\"", entry.signature());
    text(",\"key\":\"", entry.key());
    text(",\"detail\":\"", entry.detail());
    put('}');
  }

  void endLine() {
    put('\n');
  }

  int length() {
    return length;
  }

  /** A copy of the bytes from there to the end. */
  byte[] from(int start) {
    return Arrays.copyOfRange(buffer, start, length);
  }

  private String instant(Instant at) {
    if (!at.equals(lastAt)) {
      lastAt = at;
      lastAtText = at.toString();
    }
    return lastAtText;
  }

  private void hash(Hash hash) {
    ascii(",\"payload\":\"");
    reserve(2 * Hash.LENGTH);
    byte[] bytes = hash.bytes();
    for (byte b : bytes) {
      buffer[length++] = HEX[(b >> 4) & 0xf];
      buffer[length++] = HEX[b & 0xf];
    }
    put('"');
  }

  private void plain(String head, String value) {
    ascii(head);
    ascii(value);
    put('"');
  }

  private void text(String head, String value) {
    if (value.isEmpty()) {
      return;
    }
    ascii(head);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0 && b < ' ') {
        ascii("\\u00");
        put(HEX[b >> 4]);
        put(HEX[b & 0xf]);
      } else {
        if (b == '"' || b == '\\') {
          put('\\');
        }
        put(b);
      }
    }
    put('"');
  }

  @SuppressWarnings("deprecation") // The one copy of Latin-1 bytes without an array in between.
  private void ascii(String text) {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, buffer, length);
    length += count;
  }

  private void put(int b) {
    reserve(1);
    buffer[length++] = (byte) b;
  }

  private void reserve(int count) {
    if (buffer.length - length < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
    }
  }
}
