package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.DAY;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.RefundedItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device drops what has left its scope, and nothing of its own. */
class ReplicaScopeTest {
  private static final Duration AGES = Duration.ofDays(200);
  private static final LocalDate THEN = LocalDate.of(2024, 1, 5);

  @TempDir Path temp;

  private static FeedItem item(long seq, FeedBody body, Instant at) {
    return new FeedItem(
        seq, body.kind(), UUID.randomUUID(), false, Json.strict().valueToTree(body), at);
  }

  private static FeedItem sale(long seq, LocalDate day, Instant received) {
    return item(
        seq,
        new FeedBody.SaleItem(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "1",
            "Sam",
            "R-" + seq,
            NOON,
            day,
            1,
            100,
            "ACCEPTED"),
        received);
  }

  @Test
  void anOfficeDropsOldSalesAPartAtATimeAndKeepsThoseThatCameLate() throws Exception {
    try (TillFixture office = TillFixture.in(temp, DeviceKind.OFFICE)) {
      Replica replica = office.device().replica();
      List<FeedItem> items = new ArrayList<>();
      for (int i = 0; i < 1_500; i++) {
        items.add(sale(11 + i, THEN, NOON.minus(AGES)));
      }
      items.add(sale(2_000, THEN, NOON));
      items.add(sale(2_001, DAY, NOON));
      replica.apply(new FeedPage(TillFixture.EPOCH, 2_001, false, items));
      replica.keepSince(null);
      assertThat(office.device().books().salesOn(THEN)).hasSize(1_501);
      replica.keepSince(NOON.minus(Duration.ofDays(90)));
      assertThat(office.device().books().salesOn(THEN)).hasSize(501);
      replica.keepSince(NOON.minus(Duration.ofDays(90)));
      assertThat(office.device().books().salesOn(THEN))
          .singleElement()
          .satisfies(late -> assertThat(late.receipt()).isEqualTo("R-2000"));
      assertThat(office.device().books().salesOn(DAY)).hasSize(1);
    }
  }

  @Test
  void aTillNeverDropsWhatItRecordedAndTakesBackWhatOnlyItKnowsHoweverOldItIs() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      till.openShift();
      CompletedSale sale = till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      var waiting = till.device().outbox().state();
      till.device().replica().keepSince(NOON.plus(AGES));
      assertThat(till.device().books().sale(sale.id())).isPresent();
      assertThat(till.device().outbox().state()).isEqualTo(waiting);
      assertThat(till.ledger().refundable(sale.id())).isNotEmpty();
    }
  }

  @Test
  void whatCameBackLongAgoIsDropped() throws Exception {
    try (TillFixture till = TillFixture.in(temp)) {
      till.openShift();
      CompletedSale sale = till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
      RefundedItem said =
          new RefundedItem(List.of(new RefundedItem.Line(1, Quantity.ONE, 1)), List.of());
      FeedItem item =
          new FeedItem(
              11, said.kind(), sale.id(), false, Json.strict().valueToTree(said), NOON.minus(AGES));
      till.device().replica().apply(new FeedPage(TillFixture.EPOCH, 11, false, List.of(item)));
      Quantity before = till.ledger().refundable(sale.id()).getFirst().refunded();
      assertThat(before).isEqualTo(Quantity.ONE);
      till.device().replica().keepSince(NOON.minus(Duration.ofDays(90)));
      assertThat(till.ledger().refundable(sale.id()).getFirst().refunded())
          .isEqualTo(Quantity.ZERO);
    }
  }
}
