package dev.countersign.client.sync;

import dev.countersign.common.protocol.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a line to the server on which it says that there is something to fetch, and nothing else.
 * Whatever is wrong with it, be it a proxy that keeps back what it should pass on, only ends it: it
 * is tried again after a while, and fetching goes on at its own rhythm meanwhile. Runs on a thread
 * of its own.
 */
final class Listening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /** {@code data: } and a number, with room to spare. */
  private static final int LONGEST_LINE = 64;

  private static final String NEWS = "data:";
  private static final String HELD_SECONDS = Long.toString(Duration.ofHours(1).toSeconds());

  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final LongSupplier cursor;
  private final Runnable onNews;
  private final Backoff backoff;
  private final Pause pause;
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean held;
  private volatile boolean closed;

  /**
   * Takes what it works with.
   *
   * @param signIn its own: it is used by one thread
   * @param cursor the feed position of this device
   * @param onNews called when there is something to fetch
   */
  Listening(
      ServerConnection connection,
      DeviceSignIn signIn,
      LongSupplier cursor,
      Runnable onNews,
      Backoff backoff,
      Pause pause) {
    this.connection = connection;
    this.signIn = signIn;
    this.cursor = cursor;
    this.onNews = onNews;
    this.backoff = backoff;
    this.pause = pause;
  }

  /** True while the server would say so if there was something. */
  boolean isHeld() {
    return held;
  }

  /** Listens until it is closed. */
  void run() {
    while (!closed) {
      try {
        Duration wait = backoff.afterFailure(once());
        if (!closed) {
          pause.await(bell, wait);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("listening failed", e);
      }
    }
  }

  /** Holds one line for as long as it lasts; returns how long the server asks to stay away. */
  private Duration once() {
    Heard heard = new Heard();
    Reply reply =
        signIn.asking(
            token ->
                connection.getEvents(
                    Routes.NOTICES,
                    Map.of(
                        "after",
                        Long.toString(cursor.getAsLong()),
                        Routes.NOTICES_HOLD,
                        HELD_SECONDS),
                    token,
                    heard::listen));
    held = false;
    if (heard.lines > 1) {
      // Something may have come while nobody listened, or the server has sent this device away.
      onNews.run();
    }
    if (reply instanceof Reply.NoAnswer none) {
      LOG.debug("nobody to listen to: {}", none.detail());
    }
    return reply instanceof Reply.Busy busy ? busy.retryAfter() : Duration.ZERO;
  }

  /** One line's worth of listening. */
  private final class Heard {
    private int lines;

    void listen(InputStream body) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = body.read(); next >= 0; next = body.read()) {
        if (closed) {
          throw new InterruptedIOException("closed");
        }
        if (next != '\n') {
          line.append((char) next);
          if (line.length() > LONGEST_LINE) {
            throw new IOException("this is no notice");
          }
        } else if (!line.isEmpty()) {
          hear(line.toString());
          line.setLength(0);
        }
      }
    }

    /**
     * Only a line that lasted is a good one: what breaks off after one word is asked less often.
     */
    private void hear(String line) throws IOException {
      held = true;
      if (lines < Integer.MAX_VALUE) {
        lines++;
      }
      if (lines > 1) {
        backoff.succeeded();
      }
      if (line.startsWith(NEWS)) {
        long upTo = number(line.substring(NEWS.length()).strip());
        if (upTo == 0 || upTo > cursor.getAsLong()) {
          onNews.run();
        }
      }
    }

    private static long number(String text) throws IOException {
      if (!text.matches("[0-9]{1,18}")) {
        throw new IOException("this is no notice");
      }
      return Long.parseLong(text);
    }
  }

  /** Ends the wait between two lines; the line itself is ended by cancelling its connection. */
  @Override
  public void close() {
    closed = true;
    bell.release();
  }
}
