package dev.countersign.server.bench;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Envelope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * A backlog as a shop has it when its line is back: several tills of one tenant, each of which
 * sends its next batch of 100 sales once the verdicts of its last one are durable and have come
 * back. Batches are sealed beforehand, and are read and checked before the tenant's writer is
 * waited for, as they are when they come over the network. Rounds are measured in turns with the
 * floor, which has the machine to itself as they have.
 */
final class TillsTogether {
  private static final int TILLS = 8;
  private static final int BATCH = 100;

  /** Of each till at most; as many as are sealed beforehand. */
  private static final int BATCHES = 100;

  private final BenchServer server;
  private final IngestBench.Floor floor;
  private final int batches;
  private final List<SellingTill> tills = new ArrayList<>();

  private TillsTogether(BenchServer server, IngestBench.Floor floor, int batches) {
    this.server = server;
    this.floor = floor;
    this.batches = batches;
  }

  /**
   * Measures.
   *
   * @param before how many sales are taken in unmeasured
   * @param sales how many are measured; both are rounded up to whole rounds
   */
  static Figure ingest(
      String key, BenchServer server, IngestBench.Floor floor, int before, int sales)
      throws Exception {
    TillsTogether together =
        new TillsTogether(server, floor, Math.clamp(sales / (TILLS * BATCH), 1, BATCHES));
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < TILLS; i++) {
        SellingTill till = server.enrol("R" + i);
        together.take(till.seal(List.of(till.opening())));
        together.tills.add(till);
      }
      for (int round = together.rounds(before); round > 0; round--) {
        together.round(senders);
      }
      List<Round> measured = new ArrayList<>();
      for (int round = together.rounds(sales); round > 0; round--) {
        measured.add(together.round(senders));
      }
      return figure(key, measured);
    }
  }

  private int rounds(int sales) {
    return Math.ceilDiv(sales, TILLS * batches * BATCH);
  }

  /** In nanoseconds; {@code each} is how long each till waited for each of its verdicts. */
  private record Round(long path, long floor, List<long[]> each, long bytes) {}

  private static Figure figure(String key, List<Round> rounds) {
    long[] each =
        rounds.stream()
            .flatMapToLong(round -> round.each().stream().flatMapToLong(LongStream::of))
            .sorted()
            .toArray();
    double sales = (double) each.length * BATCH;
    return new Figure(
        key,
        sales * 1e9 / rounds.stream().mapToLong(Round::path).sum(),
        "sales/s",
        sales * 1e9 / rounds.stream().mapToLong(Round::floor).sum(),
        each[each.length * 99 / 100] / 1000.0,
        Math.round(rounds.stream().mapToLong(Round::bytes).sum() / sales));
  }

  private Round round(ExecutorService senders) throws Exception {
    List<List<byte[]>> plain = new ArrayList<>();
    List<Callable<long[]>> sending = new ArrayList<>();
    for (SellingTill till : tills) {
      List<Envelope> sealed = new ArrayList<>();
      for (int i = 0; i < batches; i++) {
        List<Change> changes = IngestBench.sales(till, server);
        plain.add(changes.stream().map(ChangeCodec::encode).toList());
        sealed.add(till.seal(changes));
      }
      sending.add(() -> send(sealed));
    }
    long start = System.nanoTime();
    List<long[]> each = new ArrayList<>();
    for (Future<long[]> one : senders.invokeAll(sending)) {
      each.add(waited(one));
    }
    long taken = System.nanoTime() - start;
    List<IngestBench.Floor.Work> least = new ArrayList<>();
    for (List<byte[]> changes : plain) {
      least.add(floor.of(changes));
    }
    long again = System.nanoTime();
    for (IngestBench.Floor.Work work : least) {
      work.run();
    }
    long floored = System.nanoTime() - again;
    long bytes = plain.stream().flatMap(List::stream).mapToLong(change -> change.length).sum();
    return new Round(taken, floored, each, bytes);
  }

  private static long[] waited(Future<long[]> one) throws Exception {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a till could not send", e);
    }
  }

  private long[] send(List<Envelope> sealed) throws SQLException {
    long[] waited = new long[sealed.size()];
    for (int i = 0; i < waited.length; i++) {
      long start = System.nanoTime();
      take(sealed.get(i));
      waited[i] = System.nanoTime() - start;
    }
    return waited;
  }

  private void take(Envelope envelope) throws SQLException {
    IngestBench.requireAccepted(server.accept(envelope));
  }
}
