package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ledger.Arrival;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

class SnapshotSpoolTest {
  private static final FeedPage HEAD =
      new FeedPage(UUID.fromString("01a1ff1d-d577-72fe-a2c6-16137ad8f428"), 9, false, List.of());
  private static final int ITEMS = 5_300;

  /** When the taker begins. */
  enum Beginning {
    AT_ONCE(Duration.ofMinutes(10)),
    WHEN_ALL_IS_THERE(Duration.ZERO);

    private final Duration patience;

    Beginning(Duration patience) {
      this.patience = patience;
    }
  }

  private final List<Long> told = new ArrayList<>();
  private final SnapshotSpool spool = new SnapshotSpool(told::add);
  private final List<List<UUID>> takings = new ArrayList<>();

  /** Keeps what came whole and what did not, one after the other. */
  private void take(FeedPage head, Iterator<Arrival> items) {
    assertThat(head).isEqualTo(HEAD);
    List<UUID> seen = new ArrayList<>();
    takings.add(seen);
    items.forEachRemaining(item -> seen.add(item.id()));
  }

  private FutureTask<Boolean> taking(Beginning beginning) {
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              spool.take(this::take, beginning.patience);
              return true;
            });
    Thread.ofVirtual().start(taking);
    return taking;
  }

  private static List<UUID> all() {
    return IntStream.range(0, ITEMS).mapToObj(i -> new UUID(1, i)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void whatCameIsTakenOnceAndInItsOrder(Beginning beginning) throws Exception {
    FutureTask<Boolean> taking = taking(beginning);
    spool.fill(new ByteArrayInputStream(snapshot("")));
    assertThat(taking.get()).isTrue();
    assertThat(takings).containsExactly(all());
    assertThat(told.getLast()).isEqualTo(ITEMS);
    assertThat(told).isSorted();
  }

  @Test
  void whatWasUnpackedOnTheWayIsTheSame() throws Exception {
    FutureTask<Boolean> taking = taking(Beginning.AT_ONCE);
    spool.fillPlain(new GZIPInputStream(new ByteArrayInputStream(snapshot(""))));
    assertThat(taking.get()).isTrue();
    assertThat(takings).containsExactly(all());
  }

  @Test
  void whoMayWaitIsGivenTheFirstItemsBeforeTheLastHaveCome() throws Exception {
    byte[] whole = snapshot("");
    CountDownLatch begun = new CountDownLatch(1);
    List<UUID> seen = new ArrayList<>();
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              spool.take(
                  (_, items) -> {
                    seen.add(items.next().id());
                    begun.countDown();
                    items.forEachRemaining(item -> seen.add(item.id()));
                  },
                  Beginning.AT_ONCE.patience);
              return true;
            });
    Thread.ofVirtual().start(taking);
    try (PipedOutputStream network = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(network, whole.length)) {
      FutureTask<Boolean> filling = filling(body);
      network.write(whole, 0, whole.length - 9);
      network.flush();
      begun.await();
      assertThat(taking.isDone()).isFalse();
      network.write(whole, whole.length - 9, 9);
      network.close();
      assertThat(filling.get()).isTrue();
    }
    assertThat(taking.get()).isTrue();
    assertThat(seen).isEqualTo(all());
  }

  @Test
  void readingSlowlyWhatIsThereIsNoReasonToBeginAgain() throws Exception {
    spool.fill(new ByteArrayInputStream(snapshot("")));
    spool.take(this::take, Duration.ofNanos(1));
    assertThat(takings).containsExactly(all());
  }

  @Test
  void aNetworkSlowerThanTheStoreMayWaitGivesItBackAndIsTakenWhenAllHasCome() throws Exception {
    byte[] whole = snapshot("");
    CountDownLatch gaveUp = new CountDownLatch(1);
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              spool.take(
                  (head, items) -> {
                    try {
                      take(head, items);
                    } finally {
                      gaveUp.countDown();
                    }
                  },
                  Duration.ofNanos(1));
              return true;
            });
    Thread.ofVirtual().start(taking);
    try (PipedOutputStream network = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(network, whole.length)) {
      FutureTask<Boolean> filling = filling(body);
      network.write(whole, 0, whole.length / 2);
      network.flush();
      gaveUp.await();
      network.write(whole, whole.length / 2, whole.length - whole.length / 2);
      network.close();
      assertThat(filling.get()).isTrue();
    }
    assertThat(taking.get()).isTrue();
    assertThat(takings).hasSize(2);
    assertThat(takings.getFirst()).hasSizeLessThan(ITEMS);
    assertThat(takings.getLast()).isEqualTo(all());
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotThatIsCutOffIsTakenByNobody(Beginning beginning) throws Exception {
    byte[] whole = snapshot("");
    for (int length = 0; length < whole.length; length += 1 + length / 7) {
      SnapshotSpool cut = new SnapshotSpool(_ -> {});
      byte[] part = Arrays.copyOf(whole, length);
      cut.fill(new ByteArrayInputStream(part));
      assertThatThrownBy(() -> cut.take(this::take, beginning.patience))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
    assertThat(takings).allMatch(seen -> seen.size() <= ITEMS);
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenConnectionReachesWhoTakes(Beginning beginning) throws Exception {
    byte[] whole = snapshot("");
    FutureTask<Boolean> taking = taking(beginning);
    PipedOutputStream network = new PipedOutputStream();
    PipedInputStream body = new PipedInputStream(network, whole.length);
    network.write(whole, 0, whole.length / 2);
    body.close();
    assertThatThrownBy(() -> spool.fill(body)).isInstanceOf(IOException.class);
    assertThatThrownBy(taking::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedSnapshotIsTakenByNobody(Beginning beginning) throws Exception {
    byte[] damaged = snapshot("");
    damaged[damaged.length - 6] ^= 1;
    for (byte[] body : List.of(damaged, Json.encode(HEAD), new byte[0])) {
      SnapshotSpool wrong = new SnapshotSpool(_ -> {});
      wrong.fill(new ByteArrayInputStream(body));
      assertThatThrownBy(() -> wrong.take(this::take, beginning.patience))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void damageIsFoundBeforeTheStoreIsHeldByWhoMayNotWait() throws Exception {
    byte[] damaged = snapshot("");
    damaged[damaged.length - 6] ^= 1;
    spool.fill(new ByteArrayInputStream(damaged));
    assertThatThrownBy(() -> spool.take(this::take, Duration.ZERO)).isInstanceOf(IOException.class);
    assertThat(takings).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aLineThatIsNoItemReachesWhoTakesThemAndEndsTheFilling(Beginning beginning) throws Exception {
    FutureTask<Boolean> taking = taking(beginning);
    spool.fill(new ByteArrayInputStream(snapshot("nonsense\n")));
    assertThatThrownBy(taking::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JacksonException.class);
    byte[] more = snapshot("");
    assertThatThrownBy(() -> spool.fill(new ByteArrayInputStream(more)))
        .isInstanceOf(IOException.class);
  }

  private FutureTask<Boolean> filling(PipedInputStream body) {
    FutureTask<Boolean> filling =
        new FutureTask<>(
            () -> {
              spool.fill(body);
              return true;
            });
    Thread.ofPlatform().daemon().start(filling);
    return filling;
  }

  private static byte[] snapshot(String end) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Json.encode(HEAD));
      out.write('\n');
      for (int i = 0; i < ITEMS; i++) {
        ProductItem gin =
            new ProductItem(
                Integer.toString(i), "Gin " + i * 7919L * i, "", "", i, List.of(), List.of());
        out.write(Json.encode(FeedItem.of(i + 1, new UUID(1, i), gin)));
        out.write('\n');
      }
      out.write(end.getBytes(StandardCharsets.US_ASCII));
    }
    return packed.toByteArray();
  }
}
