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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;

/**
 * Reads an export line by line out of one buffer and hashes the frame around its entries. A line
 * longer than any honest one is refused before it is held.
 */
final class ExportLines {
  /** A batch of 1 MiB in Base64, with room. */
  private static final int LONGEST = 2 * 1024 * 1024;

  /** A run of entries and what is read beyond it, mostly. */
  private static final int BUFFER = 768 * 1024;

  /** What is read beyond a run is copied, so not much is read at once. */
  private static final int CHUNK = 64 * 1024;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';

  private final InputStream in;
  private final MessageDigest digest = Hash.newDigest();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int stop;
  private int filled;

  /** From where on the lines stay where they are; -1 when they may be moved. */
  private int held = -1;

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
        hashPending = ExportFormat.isOfFrame(kind());
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

  /** Where the next line feed stands, -1 if none is in the buffer: 32 bytes at a time. */
  private int lineFeed(int from) {
    int i = from;
    while (i <= filled - 4 * Long.BYTES
        && (zeros(i) | zeros(i + 8) | zeros(i + 16) | zeros(i + 24)) == 0) {
      i += 4 * Long.BYTES;
    }
    for (; i <= filled - Long.BYTES; i += Long.BYTES) {
      long zeros = zeros(i);
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

  /** Marks the line feeds among eight bytes; above the first one it may mark too much. */
  private long zeros(int at) {
    long bytes = (long) EIGHT_BYTES.get(buffer, at) ^ LINE_FEEDS;
    return (bytes - ONES) & ~bytes & HIGH_BITS;
  }

  private boolean refill() throws IOException, BrokenExportException {
    if (filled - start >= LONGEST) {
      throw broken("a line longer than any of an export");
    }
    if (held < 0 && start > 0) {
      moveTo(buffer, start);
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, filled * 2);
    }
    int count = in.read(buffer, filled, Math.min(CHUNK, buffer.length - filled));
    if (count <= 0) {
      return false;
    }
    filled += count;
    return true;
  }

  /** Moves what stands from one place on to the beginning of an array. */
  private void moveTo(byte[] target, int from) {
    System.arraycopy(buffer, from, target, 0, filled - from);
    buffer = target;
    filled -= from;
    start -= from;
    stop -= from;
  }

  /** From this line on, all stay where they are until they are handed over. */
  void hold() {
    held = start;
  }

  /** Where the first line stands that is held. */
  int held() {
    return held;
  }

  /**
   * Gives the array with the lines that are held away, and goes on in another with what stands from
   * one place on.
   *
   * @param holdOn whether that is held as well
   */
  byte[] handOver(int from, boolean holdOn) {
    byte[] given = buffer;
    byte[] next = spare.isEmpty() ? new byte[BUFFER] : spare.removeLast();
    moveTo(next.length < filled - from ? new byte[given.length] : next, from);
    held = holdOn ? 0 : -1;
    return given;
  }

  /** Takes an array back that was given away, and that nobody looks at any more. */
  void giveBack(byte[] given) {
    spare.addLast(given);
  }

  /** The number of this line, from 1. */
  long number() {
    return number;
  }

  /** What kind of line this is: its first character when a space follows it. */
  char kind() {
    return stop - start >= 2 && buffer[start + 1] == ' ' ? (char) buffer[start] : '?';
  }

  /** Where the line feed of this line stands. */
  int stop() {
    return stop;
  }

  private int contentStart() {
    return start + 2;
  }

  private int contentLength() {
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

  /** An id of this line, which must be written in the one way. */
  UUID uuid(String text) throws BrokenExportException {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw broken("not an id");
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
