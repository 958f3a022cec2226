package dev.countersign.client.sync;

import dev.countersign.client.ledger.Arrival;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedPage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * A snapshot taken whole from the network before any of it is applied: a slow network must not hold
 * the store while a cashier sells, and a cut one must not leave half a catalogue. Kept compressed
 * in memory and never in a file, because it names people. Used by one thread.
 */
final class SnapshotSpool {
  /** Compressed; about two million products. */
  private static final int MAX_BYTES = 256 << 20;

  private static final int CHUNK = 64 * 1024;

  /** Items that are read at once ahead of whoever takes them. */
  private static final int RUN = 512;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 20);
  private long lines;

  /**
   * Takes the body to its end, as it was compressed for the way: unpacking here only counts, and
   * finds damage before the store is held.
   *
   * @param body gzip
   * @param progress told how many items have come so far
   * @throws IOException when the network ends it early, it is no gzip, or it is larger than any
   *     real snapshot
   */
  void fill(InputStream body, LongConsumer progress) throws IOException {
    packed.reset();
    lines = 0;
    try (InputStream plain = new GZIPInputStream(new Kept(body), CHUNK)) {
      byte[] chunk = new byte[CHUNK];
      for (int count = plain.read(chunk); count >= 0; count = plain.read(chunk)) {
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\n') {
            lines++;
          }
        }
        progress.accept(Math.max(0, lines - 1));
      }
    }
  }

  /**
   * The same of a body that something on the way has unpacked.
   *
   * @throws IOException as {@link #fill}
   */
  void fillPlain(InputStream body, LongConsumer progress) throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream(1 << 20);
    try (OutputStream out = new GZIPOutputStream(again, CHUNK)) {
      byte[] chunk = new byte[CHUNK];
      for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
        out.write(chunk, 0, count);
        requireReal(again.size());
      }
    }
    fill(new ByteArrayInputStream(again.toByteArray()), progress);
  }

  private static void requireReal(int bytes) throws IOException {
    if (bytes > MAX_BYTES) {
      throw new IOException("a snapshot over " + MAX_BYTES + " bytes");
    }
  }

  /** What is read of it is kept. */
  private final class Kept extends FilterInputStream {
    Kept(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        packed.write(target, offset, count);
      }
      requireReal(packed.size());
      return count;
    }
  }

  /** What is done with a snapshot. */
  @FunctionalInterface
  interface Taker {
    void take(FeedPage head, Iterator<Arrival> items);
  }

  /**
   * Reads what was taken.
   *
   * @throws JacksonException when a line is not what it must be
   */
  void read(Taker taker) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()), CHUNK),
                StandardCharsets.UTF_8))) {
      String head = reader.readLine();
      byte[] headBytes = (head == null ? "" : head).getBytes(StandardCharsets.UTF_8);
      taker.take(Json.decodeKnown(headBytes, FeedPage.class), new Items(reader));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /**
   * Read a run ahead of whoever takes them, on another thread: the store's one writer does not wait
   * for JSON.
   */
  private static final class Items implements Iterator<Arrival> {
    private final BufferedReader reader;
    private Iterator<Arrival> run = Collections.emptyIterator();
    private CompletableFuture<List<Arrival>> ahead;

    Items(BufferedReader reader) {
      this.reader = reader;
      this.ahead = CompletableFuture.supplyAsync(this::readOn);
    }

    @Override
    public boolean hasNext() {
      if (!run.hasNext()) {
        run = taken().iterator();
        if (run.hasNext()) {
          ahead = CompletableFuture.supplyAsync(this::readOn);
        }
      }
      return run.hasNext();
    }

    @Override
    public Arrival next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return run.next();
    }

    private List<Arrival> taken() {
      try {
        return ahead.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException fault ? fault : e;
      }
    }

    /** The next run; empty at the end. */
    private List<Arrival> readOn() {
      List<Arrival> items = new ArrayList<>(RUN);
      try {
        String line = reader.readLine();
        while (line != null) {
          items.add(Arrival.read(line.getBytes(StandardCharsets.UTF_8)));
          line = items.size() < RUN ? reader.readLine() : null;
        }
        return items;
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
    }
  }
}
