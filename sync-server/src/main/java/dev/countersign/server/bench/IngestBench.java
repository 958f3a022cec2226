package dev.countersign.server.bench;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ChangeCodec;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.export.Export;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.ingest.IngestOutcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The server's own paths against their floors. The scratch folder must be empty and is left for the
 * caller to remove.
 */
public final class IngestBench {
  private static final int BATCH = 100;

  /** At most so many batches are taken in, one after the other, before the floor has its turn. */
  private static final int TURN = 100;

  private IngestBench() {}

  /**
   * {@code ingest.sqlite}: batches of 100 sales of one till, sealed beforehand, taken in one after
   * the other: verified, judged, written, audited, countersigned and durable. The floor inserts the
   * changes' bytes as plain rows into a file of the same kind, one transaction per 100.
   *
   * @param before how many are taken in unmeasured, so that a server is measured that has sold for
   *     a while and not the compiler
   * @param sales how many are measured; both are rounded up to whole turns
   */
  public static Figure ingest(Path scratch, int before, int sales)
      throws IOException, SQLException {
    Files.createDirectories(scratch);
    try (BenchServer server = new BenchServer(scratch.resolve("server"));
        Secret floorKey = Secret.random(32, new SecureRandom());
        Db floor = new Db(SqlCipher.openWriter(scratch.resolve("floor.db"), floorKey))) {
      floor.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, body BLOB)");
      return ingest(
          "ingest.sqlite", server, changes -> () -> insert(floor, changes), before, sales);
    }
  }

  /**
   * {@code ingest.sqlite.together}: the same sent by eight tills at once, each its next batch when
   * the verdicts of its last came back; the floor is the same.
   */
  public static Figure together(Path scratch, int before, int sales) throws Exception {
    Files.createDirectories(scratch);
    try (BenchServer server = new BenchServer(scratch.resolve("server"));
        Secret floorKey = Secret.random(32, new SecureRandom());
        Db floor = new Db(SqlCipher.openWriter(scratch.resolve("floor.db"), floorKey))) {
      floor.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, body BLOB)");
      return TillsTogether.ingest(
          "ingest.sqlite.together", server, changes -> () -> insert(floor, changes), before, sales);
    }
  }

  /** What a batch is measured against. */
  interface Floor {
    /** Gets ready what is then measured; after the batch was taken in. */
    Work of(List<byte[]> changes) throws SQLException;

    /** The least that has to be done with a batch. */
    @FunctionalInterface
    interface Work {
      void run() throws SQLException;
    }
  }

  static Figure ingest(String key, BenchServer server, Floor floor, int before, int sales)
      throws SQLException {
    SellingTill till = server.enrol("R1");
    take(server, till.seal(List.of(till.opening())));
    int batches = Math.clamp(sales / BATCH, 1, TURN);
    for (int turn = Math.ceilDiv(before, batches * BATCH); turn > 0; turn--) {
      turn(server, till, floor, batches);
    }
    List<Turn> measured = new ArrayList<>();
    for (int turn = Math.ceilDiv(sales, batches * BATCH); turn > 0; turn--) {
      measured.add(turn(server, till, floor, batches));
    }
    long[] path = all(measured, Turn::path);
    return new Figure(
        key,
        rate(path, BATCH),
        "sales/s",
        rate(all(measured, Turn::floor), BATCH),
        percentile99(path),
        measured.stream().mapToLong(Turn::bytes).sum() / path.length / BATCH);
  }

  /** In nanoseconds, batch by batch. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Turn(long[] path, long[] floor, long bytes) {}

  private static long[] all(List<Turn> turns, Function<Turn, long[]> of) {
    return turns.stream().flatMapToLong(turn -> Arrays.stream(of.apply(turn))).toArray();
  }

  private static Turn turn(BenchServer server, SellingTill till, Floor floor, int batches)
      throws SQLException {
    List<List<byte[]>> encoded = new ArrayList<>();
    List<Envelope> sealed = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      List<Change> changes = sales(till, server);
      encoded.add(changes.stream().map(ChangeCodec::encode).toList());
      sealed.add(till.seal(changes));
    }
    long[] path = new long[batches];
    for (int i = 0; i < batches; i++) {
      long start = System.nanoTime();
      take(server, sealed.get(i));
      path[i] = System.nanoTime() - start;
    }
    List<Floor.Work> least = new ArrayList<>();
    for (List<byte[]> changes : encoded) {
      least.add(floor.of(changes));
    }
    long[] floors = new long[batches];
    for (int i = 0; i < batches; i++) {
      long start = System.nanoTime();
      least.get(i).run();
      floors[i] = System.nanoTime() - start;
    }
    long bytes = encoded.stream().flatMap(List::stream).mapToLong(one -> one.length).sum();
    return new Turn(path, floors, bytes);
  }

  /**
   * {@code growth.ingest}: the rate at which batches of 100 sales are taken in when so many are
   * stored. The floor is the same with fewer. Each is measured over as many sales as the smaller
   * number has.
   *
   * @param few how many are stored when the floor is measured
   * @param many how many are stored at the end, at least three times as many
   * @throws IllegalArgumentException if there is no room for both measurements
   */
  public static Figure growth(Path scratch, int few, int many) throws IOException, SQLException {
    int window = few / BATCH;
    int batches = many / BATCH;
    if (window < 1 || batches < 3 * window) {
      throw new IllegalArgumentException("from " + few + " to " + many + " is too short a way");
    }
    try (BenchServer server = new BenchServer(scratch.resolve("server"))) {
      SellingTill till = server.enrol("R1");
      take(server, till.seal(List.of(till.opening())));
      long[] early = new long[window];
      long[] late = new long[window];
      for (int i = 0; i < batches; i++) {
        Envelope envelope = till.seal(sales(till, server));
        long start = System.nanoTime();
        take(server, envelope);
        long time = System.nanoTime() - start;
        if (i >= batches - window) {
          late[i - (batches - window)] = time;
        } else if (i >= window && i < 2 * window) {
          early[i - window] = time;
        }
      }
      return new Figure(
          "growth.ingest", rate(late, BATCH), "sales/s", rate(early, BATCH), percentile99(late), 0);
    }
  }

  /**
   * {@code verify.export}: verifying an export of a log with that many sales. The floor is SHA-256
   * over the same bytes.
   */
  public static Figure verify(Path scratch, int sales) throws IOException, SQLException {
    Path file = scratch.resolve("export");
    LogKey key;
    try (BenchServer server = new BenchServer(scratch.resolve("server"))) {
      SellingTill till = server.enrol("R1");
      take(server, till.seal(List.of(till.opening())));
      for (int i = 0; i < Math.max(1, sales / BATCH); i++) {
        take(server, till.seal(sales(till, server)));
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        server
            .tenants()
            .<Boolean, IOException>read(
                server.tenant,
                scope -> {
                  new Export(server.log).write(scope, out);
                  return true;
                });
      }
      key =
          server
              .tenants()
              .<LogKey, SQLException>read(
                  server.tenant,
                  scope -> new LogKey(scope.logOrigin(), scope.logKey().verifyKey()));
    }
    return verifying(file, key);
  }

  private static Figure verifying(Path file, LogKey key) throws IOException {
    // Logs have millions of entries: what is measured is a verifier at work, not the compiler.
    int before = 10;
    int passes = 10;
    long[] path = new long[passes];
    long[] floors = new long[passes];
    long entries = 0;
    try (ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (int i = -before; i < passes; i++) {
        long start = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
          ExportReport report = new ExportVerifier(key, cores).verify(in);
          if (!(report instanceof ExportReport.Sound sound)) {
            throw new IllegalStateException("the export is not sound: " + report);
          }
          entries = sound.entries();
        }
        long middle = System.nanoTime();
        hash(file);
        long end = System.nanoTime();
        if (i >= 0) {
          path[i] = middle - start;
          floors[i] = end - middle;
        }
      }
    }
    return new Figure(
        "verify.export",
        rate(path, entries),
        "entries/s",
        rate(floors, entries),
        percentile99(path),
        Files.size(file) / entries);
  }

  private static void hash(Path file) throws IOException {
    MessageDigest digest = Hash.newDigest();
    byte[] buffer = new byte[256 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    Hash.finish(digest);
  }

  static List<Change> sales(SellingTill till, BenchServer server) {
    List<Change> changes = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      changes.add(till.sale(server.product, 1999));
    }
    return changes;
  }

  private static void take(BenchServer server, Envelope envelope) throws SQLException {
    requireAccepted(server.accept(envelope));
  }

  static void requireAccepted(IngestOutcome outcome) {
    if (!(outcome instanceof IngestOutcome.Stored stored)
        || stored.acknowledgement().verdicts().stream().anyMatch(one -> !one.code().isEmpty())) {
      throw new IllegalStateException("not accepted: " + outcome);
    }
  }

  private static void insert(Db floor, List<byte[]> changes) throws SQLException {
    floor.<Boolean, SQLException>transaction(
        () -> {
          for (byte[] change : changes) {
            floor.update("INSERT INTO floor (body) VALUES (?)", (Object) change);
          }
          return true;
        });
  }

  private static double rate(long[] nanos, long each) {
    return each * nanos.length * 1e9 / Arrays.stream(nanos).sum();
  }

  private static double percentile99(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1000.0;
  }
}
