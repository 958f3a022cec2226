package dev.countersign.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.sql.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that waits while another writes is made durable together, and fails apart. */
class WriteAmongTest {
  private static final int MANY = 12;

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(random);
  private final Secret sealing = Secret.random(32, random);
  private final Secret wiping = Secret.random(32, random);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private TenantFile file;

  @BeforeEach
  void open() throws Exception {
    UUID tenant = UUID.randomUUID();
    try (Secret secret = Secret.random(32, random)) {
      file =
          TenantFile.open(
              folder.resolve("tenant.db"),
              secret.copy(),
              new Migrations(
                  List.of(
                      "CREATE TABLE row (number INTEGER PRIMARY KEY,"
                          + " parent INTEGER REFERENCES row (number) DEFERRABLE INITIALLY"
                          + " DEFERRED)")),
              db ->
                  new TenantScope(
                      tenant,
                      "USD",
                      Environment.PRACTICE,
                      db,
                      key,
                      "test.example/log",
                      key,
                      sealing,
                      wiping,
                      InstantSource.system()));
    }
  }

  @AfterEach
  void close() throws Exception {
    threads.close();
    file.close();
    key.close();
  }

  @Test
  void whatWaitsIsOneTransaction() throws Exception {
    List<Future<Long>> seen = new ArrayList<>();
    whileSomebodyWrites(
        () -> {
          for (int i = 1; i <= MANY; i++) {
            long number = i;
            seen.add(
                threads.submit(
                    () ->
                        file.<Long, SQLException>writeAmong(
                            scope -> {
                              insert(scope, number, null);
                              // Beside the writer nothing of the others is there yet.
                              return committed();
                            })));
          }
        });
    for (Future<Long> each : seen) {
      assertThat(each.get()).isZero();
    }
    assertThat(committed()).isEqualTo(MANY);
  }

  @Test
  void oneThatThrowsIsUndoneAndTheOthersStand() throws Exception {
    List<Future<Boolean>> work = new ArrayList<>();
    whileSomebodyWrites(
        () -> {
          for (int i = 1; i <= MANY; i++) {
            long number = i;
            work.add(
                threads.submit(
                    () ->
                        file.<Boolean, IOException>writeAmong(
                            scope -> {
                              insert(scope, number, null);
                              if (number % 4 == 0) {
                                throw new IOException("the work's own");
                              }
                              if (number % 4 == 1) {
                                insert(scope, number, null);
                              }
                              return true;
                            })));
          }
        });
    for (int i = 1; i <= MANY; i++) {
      Future<Boolean> each = work.get(i - 1);
      switch (i % 4) {
        case 0 -> assertThatThrownBy(each::get).hasCauseInstanceOf(IOException.class);
        case 1 -> assertThatThrownBy(each::get).hasCauseInstanceOf(SQLException.class);
        default -> assertThat(each.get()).isTrue();
      }
    }
    assertThat(committed()).isEqualTo(MANY / 2);
  }

  /** Whoever was told that something is stored must find it stored. */
  @Test
  void whenTheyCannotBeMadeDurableNobodyIsToldSo() throws Exception {
    List<Future<Boolean>> work = new ArrayList<>();
    whileSomebodyWrites(
        () -> {
          for (int i = 1; i <= MANY; i++) {
            long number = i;
            work.add(
                threads.submit(
                    () ->
                        file.<Boolean, SQLException>writeAmong(
                            scope -> {
                              insert(scope, number, number == 7 ? 99L : null);
                              return true;
                            })));
          }
        });
    for (Future<Boolean> each : work) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SQLException.class);
    }
    assertThat(committed()).isZero();
    assertThat(file.<Boolean, SQLException>writeAmong(scope -> insert(scope, 1, null))).isTrue();
    assertThat(committed()).isOne();
  }

  /** SQLite then rolls back everything, also what stood before in the same transaction. */
  @Test
  void aDiskThatIsFullForOneIsFullForAll() throws Exception {
    file.<Boolean, SQLException>write(
        scope -> {
          scope.db().execute("CREATE TABLE heap (bytes BLOB)");
          long pages = scope.db().first("PRAGMA page_count", row -> row.integer(1)).orElseThrow();
          scope.db().first("PRAGMA max_page_count = " + (pages + 1), row -> row.integer(1));
          return true;
        });
    List<Future<Boolean>> work = new ArrayList<>();
    whileSomebodyWrites(
        () -> {
          for (int i = 1; i <= MANY; i++) {
            long number = i;
            work.add(
                threads.submit(
                    () ->
                        file.<Boolean, SQLException>writeAmong(
                            scope -> {
                              insert(scope, number, null);
                              if (number == 7) {
                                scope
                                    .db()
                                    .update(
                                        "INSERT INTO heap VALUES (?)", (Object) new byte[100_000]);
                              }
                              return true;
                            })));
          }
        });
    for (Future<Boolean> each : work) {
      assertThatThrownBy(each::get)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(SqlFaults.of(e)).isEqualTo(SqlFaults.Fault.STORAGE));
    }
    assertThat(committed()).isZero();
    assertThat(file.<Boolean, SQLException>writeAmong(scope -> insert(scope, 1, null))).isTrue();
  }

  private interface Action {
    void run() throws Exception;
  }

  /** The writer is held until everything that the action begins stands in line. */
  private void whileSomebodyWrites(Action action) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    Future<Boolean> first =
        threads.submit(
            () ->
                file.<Boolean, InterruptedException>write(
                    _ -> {
                      writing.countDown();
                      enough.await();
                      return true;
                    }));
    writing.await();
    action.run();
    while (file.waiting() < MANY) {
      Thread.onSpinWait();
    }
    enough.countDown();
    assertThat(first.get()).isTrue();
  }

  private static boolean insert(TenantScope scope, long number, Long parent) throws SQLException {
    return scope.db().update("INSERT INTO row VALUES (?, ?)", number, parent) == 1;
  }

  private long committed() throws SQLException {
    return file.<Long, SQLException>read(
        scope -> scope.db().first("SELECT count(*) FROM row", row -> row.integer(1)).orElseThrow());
  }
}
