package dev.countersign.server.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Acknowledgement.Judged;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.stock.Stock.StoreLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In whatever order sales, goods back, movements, counts and decisions come, and whenever they are
 * read, the level is the last count and what moved after it.
 */
class StockOrderTest {
  private static final int ROUNDS = 30;
  private static final int INSTANTS = 6;

  @TempDir Path folder;

  /** What happened, as a person would note it down. */
  private record Noted(
      Instant at, String device, long batch, long number, boolean count, long pieces) {}

  /** Something that waits for a manager. */
  private record Waiting(SellingTill till, long batch, Change change, Noted noted) {}

  private final Random random = new Random(20260304);
  private final Map<UUID, Deque<Plan>> queues = new HashMap<>();
  private StockGround ground;
  private List<SellingTill> devices;

  /** What a device will do. */
  private record Plan(Instant at, int kind, long pieces) {}

  @ParameterizedTest
  @EnumSource
  void anyOrderOfArrivalGivesTheLevelOfAPlainAccount(Stored stored) throws Exception {
    try (StockGround opened = new StockGround(folder, stored)) {
      ground = opened;
      devices = List.of(ground.till(), ground.till(), ground.till());
      for (SellingTill device : devices) {
        ground.send(device, device.opening());
      }
      Map<UUID, Long> told = new HashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        UUID product = ground.product();
        List<Noted> noted = round(product);
        told.put(product, plainly(noted));
        assertThat(ground.level(product))
            .as("round %s: %s", round, noted)
            .isEqualTo(told.get(product));
      }
      List<StoreLevel> levels = ground.shop.write(ground.stock::levels);
      for (StoreLevel level : levels) {
        assertThat(level.quantity()).isEqualTo(Quantity.of(told.get(level.product())));
      }
      long movements = count();
      ground.shop.write(
          scope -> {
            ground.stock.rebuild(scope);
            return true;
          });
      assertThat(ground.shop.write(ground.stock::levels)).isEqualTo(levels);
      assertThat(count()).isEqualTo(movements);
    }
  }

  private long count() throws Exception {
    return ground.shop.<Long>write(
        scope ->
            scope
                .db()
                .first("SELECT count(*) FROM stock_movement", row -> row.integer(1))
                .orElseThrow());
  }

  /** The last count, and what came and went after it. */
  private static long plainly(List<Noted> noted) {
    long level = 0;
    List<Noted> inOrder = new ArrayList<>(noted);
    inOrder.sort(
        Comparator.comparing(Noted::at)
            .thenComparing(Noted::device)
            .thenComparing(Noted::batch)
            .thenComparing(Noted::number));
    for (Noted each : inOrder) {
      level = each.count() ? each.pieces() : level + each.pieces();
    }
    return level;
  }

  private List<Noted> round(UUID product) throws Exception {
    Instant from = ground.shop.now.minus(Duration.ofHours(1));
    for (SellingTill device : devices) {
      Deque<Plan> queue = new ArrayDeque<>();
      for (int i = random.nextInt(9); i >= 0; i--) {
        boolean ahead = random.nextInt(12) == 0;
        Duration later = ahead ? Duration.ofDays(3) : Duration.ofMinutes(random.nextInt(INSTANTS));
        queue.add(new Plan(from.plus(later), random.nextInt(10), 1 + random.nextInt(5)));
      }
      queues.put(device.registered().device(), queue);
    }
    List<Noted> noted = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    while (queues.values().stream().anyMatch(queue -> !queue.isEmpty()) || !waiting.isEmpty()) {
      ground.shop.now = ground.shop.now.plusSeconds(1);
      if (!waiting.isEmpty() && random.nextInt(3) == 0) {
        decide(waiting.remove(random.nextInt(waiting.size())), noted);
      } else {
        send(devices.get(random.nextInt(devices.size())), product, noted, waiting);
      }
      if (random.nextInt(3) == 0) {
        ground.shop.write(ground.stock::readOn);
      }
    }
    return noted;
  }

  private void decide(Waiting one, List<Noted> noted) throws Exception {
    boolean accept = random.nextBoolean();
    Resolution how = accept ? Resolution.ACCEPT : Resolution.REJECT;
    SellingTill office = devices.get(random.nextInt(devices.size()));
    ground.send(office, ground.decision(office, one.till(), one.batch(), one.change(), how));
    if (accept) {
      noted.add(one.noted());
    }
  }

  private void send(SellingTill device, UUID product, List<Noted> noted, List<Waiting> waiting)
      throws Exception {
    Deque<Plan> queue = queues.get(device.registered().device());
    List<Change> changes = new ArrayList<>();
    List<Noted> said = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0 && !queue.isEmpty(); i--) {
      Plan plan = queue.remove();
      Change change = change(device, product, plan);
      changes.add(change);
      Instant known = plan.at().isAfter(ground.shop.now) ? ground.shop.now : plan.at();
      long pieces =
          switch (plan.kind()) {
            case 0, 1, 2, 3, 8 -> -plan.pieces();
            default -> plan.pieces();
          };
      said.add(
          new Noted(
              known,
              device.registered().device().toString(),
              device.nextBatch(),
              change.number(),
              plan.kind() == 9,
              pieces));
    }
    if (changes.isEmpty()) {
      return;
    }
    List<Judged> judged = ground.send(device, changes);
    for (int i = 0; i < changes.size(); i++) {
      if (judged.get(i).verdict() == Verdict.QUARANTINED) {
        assertThat(judged.get(i).code()).isEqualTo("not-permitted");
        waiting.add(new Waiting(device, device.nextBatch() - 1, changes.get(i), said.get(i)));
      } else {
        noted.add(said.get(i));
      }
    }
  }

  private Change change(SellingTill device, UUID product, Plan plan) {
    return switch (plan.kind()) {
      case 0, 1, 2, 3 -> ground.sale(device, plan.at(), product, plan.pieces());
      case 4 -> ground.sale(device, plan.at(), product, -plan.pieces());
      case 5 ->
          StockGround.at(
              device.change(device.id(), StockGround.sale(device, product, -plan.pieces())),
              plan.at(),
              device.registered().cashier(),
              null);
      case 6, 7 -> ground.moved(device, plan.at(), product, plan.pieces());
      case 8 -> ground.moved(device, plan.at(), product, -plan.pieces());
      default -> ground.counted(device, plan.at(), product, plan.pieces());
    };
  }
}
