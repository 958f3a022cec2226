package dev.countersign.client.port;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes on a thread of its own what may block for as long as a device likes, so that whoever hands
 * it over can stop waiting. The thread is the system's and no virtual one: the calls hold it.
 */
final class Writer {
  /** Small, so that a slow device's progress is seen: about a second at 9600 baud. */
  private static final int CHUNK = 512;

  /** Blocks until the device took them. */
  interface Taking {
    void take(byte[] bytes, int offset, int length) throws IOException;
  }

  private record Piece(byte[] bytes, int offset, int length, CountDownLatch taken) {}

  private final Taking device;
  private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable IOException broken;
  private volatile boolean ended;

  Writer(String name, Taking device) {
    this.device = device;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  private void work() {
    try {
      while (!ended) {
        Piece piece = pieces.take();
        if (broken == null) {
          try {
            device.take(piece.bytes(), piece.offset(), piece.length());
          } catch (IOException e) {
            broken = e;
          }
        }
        piece.taken().countDown();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /** As {@link DeviceLine#write}; progress is seen a chunk at a time. */
  int write(byte[] bytes, int offset, int length, Duration patience) throws IOException {
    int done = 0;
    while (done < length) {
      int now = Math.min(CHUNK, length - done);
      CountDownLatch taken = new CountDownLatch(1);
      pieces.add(new Piece(bytes, offset + done, now, taken));
      try {
        if (!taken.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          return done;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while the device was taking bytes");
      }
      IOException fault = broken;
      if (fault != null) {
        throw new IOException(fault.getMessage(), fault);
      }
      done += now;
    }
    return done;
  }

  void close() {
    ended = true;
    thread.interrupt();
  }
}
