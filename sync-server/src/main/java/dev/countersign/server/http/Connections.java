package dev.countersign.server.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds the open connections. When there are too many, the one that has done nothing for longest
 * makes room; when all are at work, the new one is closed. One that has sent bytes for a whole
 * request's time and no request with them is closed in any case: a byte now and then keeps the idle
 * time from ending, and would hold it for ever.
 */
final class Connections implements Connection.Listener {
  private final int atMost;
  private final Duration requestTime;
  private final Scheduler scheduler;
  private final Map<Connection, Scheduler.Task> open = new ConcurrentHashMap<>();

  private Connections(int atMost, Duration requestTime, Scheduler scheduler) {
    this.atMost = atMost;
    this.requestTime = requestTime;
    this.scheduler = scheduler;
  }

  /** Watches the connections of a factory. */
  static void bound(
      HttpConnectionFactory factory, int atMost, Duration requestTime, Scheduler scheduler) {
    factory.addBean(new Connections(atMost, requestTime, scheduler));
  }

  @Override
  public void onOpened(Connection connection) {
    if (open.size() >= atMost) {
      Connection leaving =
          open.keySet().stream()
              .filter(Connections::isAtRest)
              .max(Comparator.comparingLong(Connections::idleMillis))
              .orElse(connection);
      onClosed(leaving);
      leaving.close();
    }
    lookAgain(connection, 0, 0);
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task task = open.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }

  private void lookAgain(Connection connection, long messages, long bytes) {
    open.put(
        connection,
        scheduler.schedule(
            () -> look(connection, messages, bytes),
            requestTime.toMillis(),
            TimeUnit.MILLISECONDS));
    if (!connection.getEndPoint().isOpen()) {
      onClosed(connection);
    }
  }

  private void look(Connection connection, long messages, long bytes) {
    long messagesNow = connection.getMessagesIn();
    long bytesNow = connection.getBytesIn();
    if (isAtRest(connection) && messagesNow == messages && bytesNow > bytes) {
      onClosed(connection);
      connection.close();
    } else {
      lookAgain(connection, messagesNow, bytesNow);
    }
  }

  /** Every request on it was answered. */
  private static boolean isAtRest(Connection connection) {
    return connection.getMessagesIn() == connection.getMessagesOut();
  }

  private static long idleMillis(Connection connection) {
    return connection.getEndPoint() instanceof IdleTimeout timed ? timed.getIdleFor() : 0;
  }
}
