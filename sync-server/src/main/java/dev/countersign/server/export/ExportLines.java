package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads an export line by line out of one buffer and hashes the frame around its entries. A line
 * longer than any honest one is refused before it is held.
 */
final class ExportLines {
  /** A batch of 1 MiB in Base64, with room. */
  private static final int LONGEST = 2 * 1024 * 1024;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';

  private final InputStream in;
  private final MessageDigest digest = Hash.newDigest();
  private byte[] buffer = new byte[256 * 1024];
  private int start;
  private int stop;
  private int filled;
  private long number;
  private boolean hashPending;

  ExportLines(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the file
   */
  boolean next() throws IOException, BrokenExportException {
    if (hashPending) {
      digest.update(buffer, start, stop + 1 - start);
      hashPending = false;
    }
    start = number == 0 ? 0 : stop + 1;
    int scan = start;
    number++;
    while (true) {
      int end = lineFeed(scan);
      if (end >= 0) {
        stop = end;
        hashPending = kind() != 'E' && kind() != 'P';
        return true;
      }
      int scanned = filled - start;
      if (!refill()) {
        if (filled > start) {
          throw broken("the file ends within a line");
        }
        return false;
      }
      scan = start + scanned;
    }
  }

  /** Where the next line feed stands, -1 if none is in the buffer: eight bytes at a time. */
  private int lineFeed(int from) {
    int i = from;
    for (; i <= filled - Long.BYTES; i += Long.BYTES) {
      long bytes = (long) EIGHT_BYTES.get(buffer, i) ^ LINE_FEEDS;
      long zeros = (bytes - ONES) & ~bytes & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean refill() throws IOException, BrokenExportException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      if (filled >= LONGEST) {
        throw broken("a line longer than any of an export");
      }
      buffer = Arrays.copyOf(buffer, filled * 2);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count <= 0) {
      return false;
    }
    filled += count;
    return true;
  }

  /** The number of this line, from 1. */
  long number() {
    return number;
  }

  /** What kind of line this is: its first character when a space follows it. */
  char kind() {
    return stop - start >= 2 && buffer[start + 1] == ' ' ? (char) buffer[start] : '?';
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where the content begins, after kind and space. */
  int contentStart() {
    return start + 2;
  }

  int contentLength() {
    return stop - start - 2;
  }

  String whole() {
    return new String(buffer, start, stop - start, StandardCharsets.UTF_8);
  }

  /** The content of a line that must be of this kind. */
  String content(char kind) throws BrokenExportException {
    if (kind() != kind) {
      throw broken("a line of kind " + kind + " is missing here");
    }
    return new String(buffer, contentStart(), contentLength(), StandardCharsets.UTF_8);
  }

  /** The bytes of a line that must be of this kind and canonical Base64. */
  byte[] bytes(char kind) throws BrokenExportException {
    if (kind() != kind) {
      throw broken("a line of kind " + kind + " is missing here");
    }
    try {
      return StrictBase64.decode(buffer, contentStart(), contentLength());
    } catch (IllegalArgumentException _) {
      throw broken("not canonical Base64");
    }
  }

  /** SHA-256 of the lines before this one that are no entry or payload. Ends the hashing. */
  byte[] hashOfFrame() {
    hashPending = false;
    return digest.digest();
  }

  BrokenExportException broken(String reason) {
    return new BrokenExportException(number, reason);
  }
}
