package dev.countersign.server.http;

import dev.countersign.common.crypto.QuickGzip;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Confirmations;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedTable.Viewer;
import dev.countersign.server.feed.Notices;
import dev.countersign.server.stock.StockKeeper;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a device pulls. */
public final class FeedRoutes {
  private static final int FULL_SECONDS = 60;
  private static final long DAY = 24 * 60 * 60;

  private final Feed feed;
  private final Tenants tenants;
  private final StockKeeper stock;
  private final Confirmations confirmations = new Confirmations();
  private final Notices notices;
  private final InstantSource clock;

  /**
   * Takes its collaborators.
   *
   * @param stock is brought up to date before a device reads
   */
  public FeedRoutes(
      Feed feed, Tenants tenants, StockKeeper stock, Notices notices, InstantSource clock) {
    this.stock = stock;
    this.feed = feed;
    this.tenants = tenants;
    this.notices = notices;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.SNAPSHOT, Access.DEVICE, this::snapshot),
        Route.get(Routes.FEED, Access.DEVICE, this::page),
        Route.get(Routes.NOTICES, Access.DEVICE, this::notices));
  }

  /** Left unfinished when anything fails midway: the device sees that the stream is cut off. */
  @SuppressWarnings("resource")
  private void snapshot(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    stock.freshen(device.tenant());
    QuickGzip out = new QuickGzip(exchange.answerStream("application/x-ndjson"));
    feed.snapshot(device.tenant(), viewer(device), out);
    out.close();
  }

  private void page(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    long after = exchange.queryNumber("after");
    stock.freshen(device.tenant());
    switch (feed.page(device.tenant(), viewer(device), exchange.queryId("epoch"), after)) {
      case Feed.Page(var page) -> {
        if (!exchange.hasQuery(Routes.FEED_OPEN)) {
          confirmed(device, after);
        }
        exchange.answerJson(page);
      }
      case Feed.Compacted() ->
          throw RefusedRequest.of(
              409, Problem.FEED_COMPACTED, "This position is too long ago: take a snapshot.");
      case Feed.OtherEpoch() ->
          throw RefusedRequest.of(
              409, Problem.EPOCH_CHANGED, "This position is not of this feed: take a snapshot.");
    }
  }

  /** A device asks every few seconds: only what is new of it is written. */
  private void confirmed(SignedIn device, long seq) throws SQLException {
    boolean news =
        tenants.<Boolean, SQLException>read(
            device.tenant(), scope -> confirmations.isNews(scope, device.device(), seq));
    if (news) {
      tenants.<Boolean, SQLException>write(
          device.tenant(),
          scope -> {
            confirmations.note(scope, device.device(), seq);
            return true;
          });
    }
  }

  private void notices(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    long after = exchange.queryNumber("after");
    Instant wanted =
        clock.instant().plusSeconds(Math.min(exchange.queryNumber(Routes.NOTICES_HOLD), DAY));
    Instant until = wanted.isBefore(device.expires()) ? wanted : device.expires();
    switch (notices.enter(device.tenant(), device.device(), viewer(device), after, until)) {
      case Notices.Entry.Held(var line) -> {
        try (line) {
          say(line, exchange.answerEvents());
        } catch (IOException _) {
          // The device has gone; it comes back by itself.
        }
      }
      case Notices.Entry.OutOfUse() ->
          throw RefusedRequest.of(409, Problem.FROZEN, "This device is out of use.");
      case Notices.Entry.Full() ->
          throw new RefusedRequest(
              503, Problem.of("busy", "As many devices listen as can."), FULL_SECONDS);
    }
  }

  /** A line that begins with a colon says nothing: a heartbeat. */
  private static void say(Notices.Line line, OutputStream out)
      throws IOException, InterruptedException {
    while (true) {
      String event =
          switch (line.next()) {
            case Notices.Said.Something(long upTo) -> "data: " + upTo + "\n\n";
            case Notices.Said.Still() -> ":\n\n";
            case Notices.Said.Over() -> "";
          };
      if (event.isEmpty()) {
        return;
      }
      out.write(event.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private static Viewer viewer(SignedIn device) {
    return new Viewer(device.kind(), device.store());
  }
}
