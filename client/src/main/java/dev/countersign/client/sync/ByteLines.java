package dev.countersign.client.sync;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream as the bytes they are, each until the next is asked for. */
final class ByteLines implements Closeable {
  private static final int CHUNK = 64 * 1024;

  /** Longer than the longest text that a server may tell. */
  private static final int LONGEST = 32 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[CHUNK];
  private int end;
  private int start;
  private int length = -1;

  ByteLines(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next line; what stands behind the last line feed is one, unless it is nothing.
   *
   * @return whether there is one
   * @throws IOException as the stream does, or when a line is longer than any real one
   */
  boolean next() throws IOException {
    start += length + 1;
    int at = start;
    while (true) {
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          length = at - start;
          return true;
        }
      }
      makeRoom();
      at = end;
      int count = in.read(buffer, end, buffer.length - end);
      if (count < 0) {
        length = end - start;
        return length > 0;
      }
      end += count;
    }
  }

  /** Where the line is. */
  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  /** Without the line feed. */
  int length() {
    return length;
  }

  private void makeRoom() throws IOException {
    int kept = Math.max(0, end - start);
    if (kept == buffer.length) {
      if (kept >= LONGEST) {
        throw new IOException("a line over " + LONGEST + " bytes");
      }
      buffer = Arrays.copyOf(buffer, kept * 2);
    } else if (start > 0) {
      System.arraycopy(buffer, end - kept, buffer, 0, kept);
      start = 0;
      end = kept;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
