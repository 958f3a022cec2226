package dev.countersign.app.bench;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.client.sync.SyncLoop;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code firstsync.100k}: a new till takes its first snapshot from a real server over TLS, until
 * every product can be sold; beside it until the index of their words is whole as well, up to when
 * a search looks through what is not in it yet. The floor copies a snapshot's bytes through a
 * socket, whole, and puts its lines as rows into an encrypted file of the same kind, in one
 * transaction.
 */
public final class FirstSync {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  private FirstSync() {}

  /** Both with the same floor. */
  public record Both(Measured sold, Measured searched) {}

  /** In nanoseconds from the first word with the server. */
  private record Times(long sold, long searched) {}

  /**
   * Measures, path and floor in turns.
   *
   * @param turns how often; the first only warms up
   */
  public static Both measure(Path scratch, int products, int turns) throws Exception {
    long[] sold = new long[turns - 1];
    long[] searched = new long[turns - 1];
    long[] floor = new long[turns - 1];
    try (WholeShop shop = WholeShop.open(scratch.resolve("server"))) {
      shop.stock(scratch.resolve("catalogue.csv"), products);
      byte[] snapshot = snapshot(products);
      for (int i = -1; i < turns - 1; i++) {
        Times times = sync(shop.enrol(i + 2), scratch.resolve("till" + i), products);
        long least = copy(snapshot, scratch.resolve("floor" + i + ".db"), products);
        if (i >= 0) {
          sold[i] = times.sold();
          searched[i] = times.searched();
          floor[i] = least;
        }
      }
    }
    return new Both(Measured.of(sold, floor), Measured.of(searched, floor));
  }

  private static Times sync(EnrolmentResult result, Path folder, int products) throws IOException {
    DeviceFolder device = new DeviceFolder(folder);
    device.create();
    try (var signingKey = result.key();
        Secret key = Secret.random(32, new SecureRandom());
        OpenDevice open =
            OpenDevice.enrol(
                device,
                key,
                result.enrolled(),
                signingKey,
                result.epoch(),
                result.firstUser(),
                OpenDevice.Surroundings.ofThisMachine())) {
      var enrolled = open.ledger().enrolled();
      long start = System.nanoTime();
      try (SyncLoop loop =
          new SyncLoop(
              open,
              new ServerConnection(
                  enrolled.server(), enrolled.serverPin(), ServerConnection.Patience.usual()),
              SyncLoop.Surroundings.ofThisMachine(new SecureRandom(), _ -> {}))) {
        loop.start();
        long sold = until(() -> open.replica().cursor() > 0, loop, start);
        if (open.catalogue().size() != products
            || open.catalogue().byCode(WholeShop.code(products - 1)).isEmpty()) {
          throw new IOException(
              "of " + products + " products " + open.catalogue().size() + " came");
        }
        return new Times(sold, until(open.catalogue()::isIndexed, loop, start));
      }
    }
  }

  private static long until(BooleanSupplier holds, SyncLoop loop, long start) throws IOException {
    while (!holds.getAsBoolean()) {
      if (loop.state() instanceof SyncState.Stopped || System.nanoTime() - start > PATIENCE) {
        throw new IOException("no snapshot came");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return System.nanoTime() - start;
  }

  /** The bytes that a server sends for such products. */
  private static byte[] snapshot(int products) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(products * 300);
    for (int i = 0; i < products; i++) {
      ProductItem product =
          new ProductItem(
              Integer.toString(i),
              "Single Barrel Reserve No " + i + " Straight Bourbon",
              "Category " + i % 60,
              "750 ml",
              (5 + i % 90) * 100L + i % 100,
              List.of(),
              List.of());
      out.writeBytes(
          Json.encode(
              new FeedItem(
                  i + 1L,
                  "product",
                  new UUID(i, i),
                  false,
                  Json.strict().readTree(Json.encode(product)))));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static long copy(byte[] snapshot, Path file, int products)
      throws IOException, SQLException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Secret key = Secret.random(32, new SecureRandom());
        Db db = new Db(SqlCipher.openWriter(file, key))) {
      db.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, line BLOB)");
      long start = System.nanoTime();
      var sent = CompletableFuture.runAsync(() -> serve(listening, snapshot), threads);
      byte[] taken;
      try (Socket socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
          InputStream in = socket.getInputStream()) {
        taken = in.readAllBytes();
      }
      sent.join();
      int rows =
          db.<Integer, SQLException>transaction(
              () -> {
                int count = 0;
                int begin = 0;
                for (int i = 0; i < taken.length; i++) {
                  if (taken[i] == '\n') {
                    byte[] line = Arrays.copyOfRange(taken, begin, i);
                    count += db.update("INSERT INTO floor (line) VALUES (?)", (Object) line);
                    begin = i + 1;
                  }
                }
                return count;
              });
      long end = System.nanoTime();
      if (rows != products) {
        throw new IOException("of " + products + " lines " + rows + " came");
      }
      return end - start;
    }
  }

  private static void serve(ServerSocket listening, byte[] bytes) {
    try (Socket socket = listening.accept();
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
