package dev.countersign.client.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that one thread brings, kept in memory, and others read from their beginning, waiting for
 * what has not come yet. Safe for any thread.
 */
final class ArrivingBytes {
  private final int most;
  private final List<byte[]> chunks = new ArrayList<>();
  private long size;
  private boolean whole;
  private boolean refused;
  private int awaiting;
  private @Nullable IOException cut;

  /**
   * None yet.
   *
   * @param most how many bytes are kept at most
   */
  ArrivingBytes(int most) {
    this.most = most;
  }

  /**
   * Some more have come.
   *
   * @throws IOException when they are too many, or nobody wants them any more
   */
  synchronized void add(byte[] source, int offset, int length) throws IOException {
    if (refused) {
      throw new IOException("nobody wants the rest");
    }
    size += length;
    if (size > most) {
      throw new IOException("over " + most + " bytes");
    }
    chunks.add(Arrays.copyOfRange(source, offset, offset + length));
    notifyAll();
  }

  /** Those were all. */
  synchronized void end() {
    whole = true;
    notifyAll();
  }

  /** No more will come: whoever has read the rest meets this. */
  synchronized void cut(IOException why) {
    cut = why;
    notifyAll();
  }

  /** Nobody wants more. */
  synchronized void refuse() {
    refused = true;
  }

  /** Whether somebody has read all that came and waits for more. */
  synchronized boolean isAwaited() {
    return awaiting > 0;
  }

  /** From the first byte on; an interrupt ends its waiting. */
  InputStream read() {
    return new Reading();
  }

  private synchronized byte @Nullable [] chunk(int number) throws IOException {
    while (number == chunks.size() && !whole && cut == null) {
      awaiting++;
      try {
        wait();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("nobody waits any more");
      } finally {
        awaiting--;
      }
    }
    if (number < chunks.size()) {
      return chunks.get(number);
    }
    if (cut != null) {
      throw new IOException("cut off", cut);
    }
    return null;
  }

  private final class Reading extends InputStream {
    private byte[] chunk = new byte[0];
    private int number;
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (at == chunk.length) {
        byte[] next = chunk(number);
        if (next == null) {
          return -1;
        }
        chunk = next;
        number++;
        at = 0;
      }
      int count = Math.min(length, chunk.length - at);
      System.arraycopy(chunk, at, target, offset, count);
      at += count;
      return count;
    }
  }
}
