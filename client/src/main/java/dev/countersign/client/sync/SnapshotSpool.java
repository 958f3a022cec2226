package dev.countersign.client.sync;

import dev.countersign.client.ledger.Arrival;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * A snapshot between the network and the store: one thread fills it, another takes what is in it. A
 * slow network must not hold the store while a cashier sells, and a cut one must not leave half a
 * catalogue. So it is applied in one transaction, and whoever lets it begin before all has come
 * says for how long the store may wait; after that it is given back as it was, and taken again when
 * all is there. Kept compressed in memory and never in a file, because it names people.
 */
final class SnapshotSpool {
  /** Compressed; about two million products. */
  private static final int MAX_BYTES = 256 << 20;

  private static final int CHUNK = 64 * 1024;

  private final ArrivingBytes packed = new ArrivingBytes(MAX_BYTES);
  private final LongConsumer progress;
  private long told;

  /**
   * Empty.
   *
   * @param progress told how many items have come so far, by the thread that takes them
   */
  SnapshotSpool(LongConsumer progress) {
    this.progress = progress;
  }

  /**
   * Keeps a body to its end, as it was compressed for the way.
   *
   * @param body gzip
   * @throws IOException when the network ends it early, it is larger than any real snapshot, or
   *     whoever takes it has given up
   */
  void fill(InputStream body) throws IOException {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        packed.add(chunk, 0, count);
      }
      packed.end();
    } catch (IOException e) {
      packed.cut(e);
      throw e;
    } catch (RuntimeException e) {
      packed.cut(new IOException(e));
      throw e;
    }
  }

  /**
   * The same of a body that something on the way has unpacked.
   *
   * @throws IOException as {@link #fill}
   */
  void fillPlain(InputStream body) throws IOException {
    try (OutputStream again = new GZIPOutputStream(new Kept(), CHUNK)) {
      body.transferTo(again);
    } catch (IOException e) {
      packed.cut(e);
      throw e;
    }
    packed.end();
  }

  private final class Kept extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      packed.add(source, offset, length);
    }
  }

  /** What is done with a snapshot. */
  @FunctionalInterface
  interface Taker {
    /** Whatever the iterator throws leaves all as it was. */
    void take(FeedPage head, Iterator<Arrival> items);
  }

  /**
   * Gives what comes to a taker, which has all of it when this returns.
   *
   * @param patience how long the taker may wait for the network in all, once it has begun; zero has
   *     it begin when everything is there and has been looked through for damage
   * @throws IOException when the network ended it early, or it is no gzip
   * @throws JacksonException when a line is not what it must be
   */
  void take(Taker taker, Duration patience) throws IOException {
    try {
      if (patience.isPositive() && isTaken(taker, patience)) {
        return;
      }
      count();
      read(taker, Duration.ZERO);
    } catch (IOException | RuntimeException e) {
      packed.refuse();
      throw e;
    }
  }

  private boolean isTaken(Taker taker, Duration patience) throws IOException {
    try {
      read(taker, patience);
      return true;
    } catch (SnapshotItems.TooSlowException _) {
      return false;
    }
  }

  private void count() throws IOException {
    long lines = 0;
    try (InputStream plain = plain()) {
      byte[] chunk = new byte[CHUNK];
      for (int count = plain.read(chunk); count >= 0; count = plain.read(chunk)) {
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\n') {
            lines++;
          }
        }
        tell(lines - 1);
      }
    }
  }

  private void read(Taker taker, Duration patience) throws IOException {
    try (ByteLines lines = new ByteLines(plain())) {
      byte[] first =
          lines.next()
              ? Arrays.copyOfRange(lines.bytes(), lines.start(), lines.start() + lines.length())
              : new byte[0];
      FeedPage head = Json.decodeKnown(first, FeedPage.class);
      try (SnapshotItems items =
          new SnapshotItems(lines, patience, packed::isAwaited, this::tell)) {
        taker.take(head, items);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private InputStream plain() throws IOException {
    return new GZIPInputStream(packed.read(), CHUNK);
  }

  private void tell(long items) {
    if (items > told) {
      told = items;
      progress.accept(items);
    }
  }
}
