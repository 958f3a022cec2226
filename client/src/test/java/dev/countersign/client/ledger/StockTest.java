package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.GIN;
import static dev.countersign.client.ledger.TillFixture.NOON;
import static dev.countersign.client.ledger.TillFixture.RUM;
import static dev.countersign.client.ledger.TillFixture.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Counted;
import dev.countersign.common.protocol.FeedBody.ResolutionItem;
import dev.countersign.common.protocol.FeedBody.StockItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem;
import dev.countersign.common.protocol.FeedBody.StockMarkItem.Through;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import dev.countersign.common.protocol.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A level is the server's with what was done here and is not in it: never twice, never lost. */
class StockTest {
  private static final Actor SECOND = new Actor(SUPERVISOR, null, NOON);
  private static final UUID MARK = UUID.randomUUID();
  private static final UUID ELSEWHERE = new UUID(-1, -1);

  @TempDir Path temp;
  private TillFixture till;
  private long cursor = 10;

  @BeforeEach
  void aTillWithAnOpenShift() throws Exception {
    till = TillFixture.in(temp);
    till.openShift();
  }

  @AfterEach
  void close() {
    till.close();
  }

  private long gin() {
    return pieces(till.device().stock().level(GIN).quantity());
  }

  private static long pieces(Quantity quantity) {
    assertThat(quantity.isWhole()).isTrue();
    return quantity.millionths() / 1_000_000;
  }

  private void sellOneGin() {
    till.ledger().complete(TillFixture.cashier(), TillFixture.draft());
  }

  private void hear(FeedItem... items) throws Exception {
    cursor += 10;
    till.device().replica().apply(new FeedPage(TillFixture.EPOCH, cursor, false, List.of(items)));
  }

  private static FeedItem level(long pieces) {
    return FeedItem.of(1, GIN, new StockItem(GIN, Quantity.of(pieces), null));
  }

  private static FeedItem counted(long pieces, Instant at, UUID by) {
    return FeedItem.of(1, GIN, new StockItem(GIN, Quantity.of(pieces), new Counted(at, by)));
  }

  private FeedItem through(long change) {
    UUID device = till.ledger().enrolled().device();
    return FeedItem.of(
        2,
        MARK,
        new StockMarkItem(
            cursor, List.of(new Through(UUID.randomUUID(), 99), new Through(device, change))));
  }

  @Test
  void whatIsDoneHereStandsOnTheLevelUntilTheLevelHoldsIt() throws Exception {
    hear(level(10), through(1));
    sellOneGin();
    assertThat(gin()).isEqualTo(9);
    assertThat(till.device().stock().level(GIN).pending()).isTrue();
    till.acknowledge(NOON, Verdict.ACCEPTED, "");
    assertThat(gin()).as("acknowledged, and in no level yet").isEqualTo(9);
    hear(level(9));
    assertThat(gin()).as("a page that ends before the mark").isEqualTo(9);
    hear(through(2));
    assertThat(gin()).isEqualTo(9);
    assertThat(till.device().stock().level(GIN).pending()).isFalse();
    till.reopen();
    assertThat(gin()).isEqualTo(9);
  }

  @Test
  void aLevelThatComesBeforeALostAcknowledgementIsNotCountedTwice() throws Exception {
    hear(level(10), through(1));
    sellOneGin();
    SealedBatch sent = till.device().outbox().nextToSend().orElseThrow();
    hear(level(9), through(sent.last()));
    assertThat(gin()).isEqualTo(9);
    hear(level(9), through(sent.last()));
    assertThat(gin()).as("heard again").isEqualTo(9);
    till.acknowledge(NOON, Verdict.ACCEPTED, "");
    assertThat(gin()).isEqualTo(9);
    sellOneGin();
    hear(level(4));
    assertThat(gin()).as("others' word, not read to the mark").isEqualTo(8);
    hear(through(sent.last()));
    assertThat(gin()).as("others' word without this sale").isEqualTo(3);
  }

  @Test
  void aMarkThatGoesBackWithARestoredServerBringsBackWhatItLost() throws Exception {
    hear(level(10), through(1));
    sellOneGin();
    hear(level(9), through(2));
    sellOneGin();
    till.device()
        .replica()
        .replaceAll(
            new FeedPage(UUID.randomUUID(), 3, false, List.of()),
            List.of(TillFixture.feed().get(4), level(10), through(1)).iterator());
    assertThat(gin()).isEqualTo(8);
  }

  @Test
  void whatTheServerDoesNotCountIsNotCountedHereUntilAPersonAcceptsIt() throws Exception {
    hear(level(10), through(1));
    sellOneGin();
    till.acknowledge(NOON, Verdict.QUARANTINED, "not-permitted");
    assertThat(gin()).isEqualTo(10);
    hear(
        FeedItem.of(
            3,
            UUID.randomUUID(),
            new ResolutionItem(till.ledger().enrolled().device(), 2, "ACCEPT")));
    assertThat(gin()).isEqualTo(9);
    hear(level(9), through(2));
    assertThat(gin()).isEqualTo(9);
  }

  @Test
  void aCountIsWhatIsThereAndGivesWayToALaterOneAndToTheServers() throws Exception {
    hear(level(10), through(1));
    till.ledger().countStock(SECOND, Map.of(GIN, Quantity.of(4)));
    sellOneGin();
    assertThat(gin()).isEqualTo(3);
    hear(counted(7, NOON.plusSeconds(60), ELSEWHERE), through(1));
    assertThat(gin()).as("counted later elsewhere").isEqualTo(7);
    hear(counted(7, NOON.minusSeconds(60), ELSEWHERE), through(1));
    assertThat(gin()).as("counted earlier elsewhere").isEqualTo(3);
    hear(counted(3, NOON, till.ledger().enrolled().device()), through(3));
    assertThat(gin()).isEqualTo(3);
    till.ledger().moveStock(SECOND, StockMoved.Reason.WASTED, Map.of(GIN, Quantity.of(2)), "");
    assertThat(gin()).as("in the same millisecond, after one's own count").isEqualTo(1);
  }

  @Test
  void whatIsBelowNothingIsListedTheFurthestFirst() throws Exception {
    hear(level(0), through(1));
    sellOneGin();
    assertThat(till.device().stock().belowNothing())
        .extracting(StockLevel::product)
        .containsExactly(RUM, GIN);
    till.ledger().moveStock(SECOND, StockMoved.Reason.RECEIVED, Map.of(RUM, Quantity.of(6)), "");
    assertThat(till.device().stock().belowNothing())
        .extracting(StockLevel::product)
        .containsExactly(GIN);
    assertThat(till.device().stock().level(ELSEWHERE).quantity()).isEqualTo(Quantity.ZERO);
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesNothing() {
    long waiting = till.device().outbox().state().waiting();
    var some = Map.of(GIN, Quantity.ONE);
    assertRefused(Reason.DOES_NOT_FIT, Map.of(), "");
    assertRefused(Reason.DOES_NOT_FIT, Map.of(GIN, Quantity.ZERO), "");
    assertRefused(Reason.DOES_NOT_FIT, Map.of(GIN, Quantity.of(-1)), "");
    assertRefused(Reason.DOES_NOT_FIT, Map.of(GIN, Quantity.of(1_000_000_001)), "");
    assertRefused(Reason.DOES_NOT_FIT, some, "x".repeat(201));
    assertRefused(Reason.CARD_NUMBER, some, "4111 1111 1111 1111");
    assertRefused(Reason.NO_SUCH_PRODUCT, Map.of(ELSEWHERE, Quantity.ONE), "");
    assertThatThrownBy(() -> till.ledger().countStock(SECOND, Map.of(GIN, Quantity.ONE.negate())))
        .isInstanceOf(ActRefusedException.class);
    assertThatThrownBy(() -> till.ledger().countStock(TillFixture.cashier(), some))
        .isInstanceOf(NotPermittedException.class);
    assertThat(till.device().outbox().state().waiting()).isEqualTo(waiting);
  }

  private void assertRefused(Reason reason, Map<UUID, Quantity> goods, String note) {
    assertThatThrownBy(
            () -> till.ledger().moveStock(SECOND, StockMoved.Reason.RECEIVED, goods, note))
        .isInstanceOfSatisfying(
            ActRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 12);
  }

  /** A server in small: what it has read, and a feed whose rows move to the end. */
  private final class SmallServer {
    final TreeMap<Long, FeedItem> feed = new TreeMap<>();
    long seq = 10;
    long own;
    long others;
    long read;
    long marked;

    void put(UUID entity, FeedItem item) {
      feed.values().removeIf(each -> each.id().equals(entity));
      seq++;
      feed.put(seq, FeedItem.of(seq, entity, item.typed()));
    }

    void readOn(long through, long sold) {
      read = through;
      own = sold;
      marked = others - own;
      put(GIN, level(marked));
      put(MARK, through(through));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void howeverPagesAndAcknowledgementsComeOnesOwnIsCountedOnce(int seed) throws Exception {
    Random random = new Random(seed);
    SmallServer server = new SmallServer();
    long sold = 0;
    long known = 0;
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          sellOneGin();
          sold++;
        }
        case 2 -> server.others += random.nextInt(5);
        case 3 -> {
          // The shift's opening is the first change, so what was sold is one less.
          long through = Math.max(server.read, 1 + random.nextLong(sold + 1));
          server.readOn(through, through - 1);
        }
        case 4 -> {
          if (till.device().outbox().nextToSend().isPresent()) {
            till.acknowledge(NOON, Verdict.ACCEPTED, "");
          }
        }
        default -> known = page(server, 1 + random.nextInt(2), known);
      }
      assertThat(gin()).as("step %s", step).isEqualTo(known - sold);
    }
    server.readOn(sold + 1, sold);
    page(server, 9, known);
    assertThat(gin()).isEqualTo(server.others - sold);
    assertThat(till.device().stock().level(GIN).pending()).isFalse();
  }

  /** Hands out a page of so many rows; returns what came elsewhere as of the last mark in it. */
  private long page(SmallServer server, int rows, long known) throws Exception {
    long from = till.device().replica().cursor();
    List<FeedItem> items =
        server.feed.tailMap(from, false).values().stream()
            .sorted(Comparator.comparing(FeedItem::seq))
            .limit(rows)
            .toList();
    if (items.isEmpty()) {
      return known;
    }
    FeedPage page = new FeedPage(TillFixture.EPOCH, items.getLast().seq(), false, items);
    till.device().replica().apply(page);
    till.device().replica().apply(page);
    boolean marked = items.stream().anyMatch(item -> item.kind().equals("stock-mark"));
    return marked ? server.marked + server.own : known;
  }
}
