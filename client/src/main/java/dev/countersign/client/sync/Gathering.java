package dev.countersign.client.sync;

import dev.countersign.client.ledger.GatheredSales;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.RecentSales;
import dev.countersign.common.protocol.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Gathers what the other tills of the store sold, a page in a round: between two of them the loop
 * sends what was sold here. Used by one thread.
 */
final class Gathering {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  /** From the end to the next beginning: nobody comes back with goods sooner, as a rule. */
  private static final Duration REST = Duration.ofMinutes(5);

  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final GatheredSales sales;
  private final LongSupplier monotonicNanos;
  private long next;
  private boolean underWay;

  Gathering(
      ServerConnection connection,
      DeviceSignIn signIn,
      GatheredSales sales,
      LongSupplier monotonicNanos) {
    this.connection = connection;
    this.signIn = signIn;
    this.sales = sales;
    this.monotonicNanos = monotonicNanos;
    this.next = monotonicNanos.getAsLong();
  }

  /** The server was met: begins when it is time. */
  void met() {
    underWay |= sales.isWanted() && next - monotonicNanos.getAsLong() <= 0;
  }

  /** Whether there is another page to ask for right away. */
  boolean isUnderWay() {
    return underWay;
  }

  /**
   * One page. It rests after the last one, and after one that did not come: a server that cannot
   * give it is not asked at every meeting.
   */
  void step() {
    if (!underWay) {
      return;
    }
    underWay = false;
    next = monotonicNanos.getAsLong() + REST.toNanos();
    GatheredSales.Position position = sales.position();
    Map<String, String> query =
        Map.of("epoch", position.epoch().toString(), "after", Long.toString(position.after()));
    switch (signIn.asking(token -> connection.getJson(Routes.SALES_RECENT, query, token))) {
      case Reply.Answered(byte[] body) -> underWay = take(body);
      case Reply.Refused refused when refused.problem().code().equals(Problem.EPOCH_CHANGED) ->
          // A new epoch is heard of with the next fetch.
          next = monotonicNanos.getAsLong();
      case Reply.NoAnswer reason -> LOG.info("not gathered yet: {}", reason.detail());
    }
  }

  private boolean take(byte[] body) {
    try {
      return sales.take(Json.decodeKnown(body, RecentSales.class));
    } catch (JacksonException | NullPointerException e) {
      LOG.warn("sales of other tills that cannot be read: {}", e.getMessage());
      return false;
    }
  }
}
