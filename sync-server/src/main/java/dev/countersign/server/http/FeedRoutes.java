package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Confirmations;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedTable.Viewer;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What a device pulls. */
public final class FeedRoutes {
  private static final int CHUNK = 32 * 1024;

  private final Feed feed;
  private final Tenants tenants;
  private final Confirmations confirmations = new Confirmations();

  public FeedRoutes(Feed feed, Tenants tenants) {
    this.feed = feed;
    this.tenants = tenants;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.SNAPSHOT, Access.DEVICE, this::snapshot),
        Route.get(Routes.FEED, Access.DEVICE, this::page));
  }

  /** Left unfinished when anything fails midway: the device sees that the stream is cut off. */
  @SuppressWarnings("resource")
  private void snapshot(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    GZIPOutputStream out =
        new GZIPOutputStream(exchange.answerStream("application/x-ndjson"), CHUNK);
    feed.snapshot(device.tenant(), viewer(device), out);
    out.close();
  }

  private void page(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    long after = exchange.queryNumber("after");
    switch (feed.page(device.tenant(), viewer(device), exchange.queryId("epoch"), after)) {
      case Feed.Page(var page) -> {
        if (!exchange.hasQuery(Routes.FEED_OPEN)) {
          confirmed(device, after);
        }
        exchange.answerJson(page);
      }
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

  private static Viewer viewer(SignedIn device) {
    return new Viewer(device.kind(), device.store());
  }
}
