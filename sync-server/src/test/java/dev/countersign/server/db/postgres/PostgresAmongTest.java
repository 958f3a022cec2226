package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.server.tenant.OpenTenant;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As {@code WriteAmongTest} for a file: what waits is committed together, and fails apart. */
class PostgresAmongTest {
  private static final int MANY = 12;
  private static final String ADD = "INSERT INTO stock_entry VALUES (?, ?, ?)";

  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(random);
  private final Secret secret = Secret.random(32, random);
  private final UUID id = UUID.randomUUID();
  private final UUID device = UUID.randomUUID();
  private Postgres pool;
  private OpenTenant tenant;

  @BeforeEach
  void open() throws Exception {
    pool = TestPostgres.open();
    Tenant one = new Tenant(id, "One", "USD", Environment.PRACTICE, Instant.EPOCH);
    tenant =
        TestPostgres.tenants(pool)
            .create(
                one,
                secret,
                db ->
                    new TenantScope(
                        id,
                        "USD",
                        Environment.PRACTICE,
                        db,
                        key,
                        "test.example/log",
                        key,
                        secret,
                        secret,
                        InstantSource.system()));
  }

  @AfterEach
  void close() throws Exception {
    tenant.close();
    pool.close();
    key.close();
  }

  @Test
  void whatWaitsIsOneTransaction() throws Exception {
    List<Callable<Long>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long number = i;
      work.add(
          () ->
              tenant.<Long, SQLException>writeAmong(
                  scope -> {
                    add(scope, number);
                    return scope
                        .db()
                        .first("SELECT pg_current_xact_id()::text::bigint", row -> row.integer(1))
                        .orElseThrow();
                  }));
    }
    Set<Long> transactions = new HashSet<>();
    for (FutureTask<Long> each : whileSomebodyWrites(work)) {
      transactions.add(each.get());
    }
    assertThat(transactions).hasSize(1);
    assertThat(stored()).isEqualTo(MANY);
  }

  @Test
  void oneThatThrowsIsUndoneAndTheOthersStand() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long number = i;
      work.add(
          () ->
              tenant.<Boolean, IOException>writeAmong(
                  scope -> {
                    add(scope, number);
                    switch ((int) number % 4) {
                      case 0 -> throw new IOException("the work's own");
                      // Refused by the database, now and only when it is settled.
                      case 1 -> scope.db().update(ADD, id(number), device, number);
                      case 2 -> scope.db().updateSoon(ADD, id(number), device, number);
                      default -> {
                        // It stands.
                      }
                    }
                    return true;
                  }));
    }
    List<FutureTask<Boolean>> done = whileSomebodyWrites(work);
    for (int i = 0; i < MANY; i++) {
      FutureTask<Boolean> each = done.get(i);
      switch (i % 4) {
        case 0 -> assertThatThrownBy(each::get).hasCauseInstanceOf(IOException.class);
        case 1, 2 -> assertThatThrownBy(each::get).hasCauseInstanceOf(SQLException.class);
        default -> assertThat(each.get()).isTrue();
      }
    }
    assertThat(stored()).isEqualTo(MANY / 4);
  }

  @Test
  void workThatThrowsBeforeItAskedAnythingUndoesNothingOfTheWorkBefore() throws Exception {
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long number = i;
      work.add(
          () ->
              tenant.<Boolean, IOException>writeAmong(
                  scope -> {
                    if (number % 2 == 1) {
                      throw new IOException("the work's own");
                    }
                    scope.db().updateSoon(ADD, id(number), device, number);
                    return true;
                  }));
    }
    List<FutureTask<Boolean>> done = whileSomebodyWrites(work);
    for (int i = 0; i < MANY; i += 2) {
      assertThat(done.get(i).get()).isTrue();
    }
    assertThat(stored()).isEqualTo(MANY / 2);
  }

  private void add(TenantScope scope, long number) throws SQLException {
    assertThat(scope.db().update(ADD, id(number), device, number)).isOne();
  }

  private static UUID id(long number) {
    return new UUID(0, number);
  }

  /** The writer is held until everybody waits. */
  private <T> List<FutureTask<T>> whileSomebodyWrites(List<Callable<T>> work) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    FutureTask<Boolean> first =
        new FutureTask<>(
            () ->
                tenant.<Boolean, InterruptedException>write(
                    _ -> {
                      writing.countDown();
                      enough.await();
                      return true;
                    }));
    Thread.startVirtualThread(first);
    writing.await();
    List<FutureTask<T>> begun = new ArrayList<>();
    for (Callable<T> each : work) {
      FutureTask<T> task = new FutureTask<>(each);
      Thread thread = Thread.ofPlatform().start(task);
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      begun.add(task);
    }
    enough.countDown();
    assertThat(first.get()).isTrue();
    return begun;
  }

  private long stored() throws SQLException {
    return tenant.<Long, SQLException>read(
        scope ->
            scope
                .db()
                .first("SELECT count(*) FROM stock_entry", row -> row.integer(1))
                .orElseThrow());
  }
}
