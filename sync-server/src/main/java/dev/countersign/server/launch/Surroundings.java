package dev.countersign.server.launch;

import dev.countersign.server.db.postgres.PostgresAddress;
import dev.countersign.server.tenant.MasterKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a server takes from the machine it runs on.
 *
 * @param clock the wall clock
 * @param nanoTime a monotonic clock in nanoseconds
 * @param masterKey the value of {@link MasterKey#VARIABLE}, or null
 * @param postgresPassword the value of {@link PostgresAddress#VARIABLE}, or null
 * @param requestLog takes the lines of the request log
 * @param nightWatchEvery how often it is looked whether a log is to be read again
 */
public record Surroundings(
    InstantSource clock,
    LongSupplier nanoTime,
    SecureRandom random,
    @Nullable String masterKey,
    @Nullable String postgresPassword,
    Consumer<String> requestLog,
    Duration nightWatchEvery) {

  /** The real machine. */
  public static Surroundings real() {
    var logger = LoggerFactory.getLogger("dev.countersign.server.requests");
    return new Surroundings(
        Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom(),
        System.getenv(MasterKey.VARIABLE),
        System.getenv(PostgresAddress.VARIABLE),
        logger::info,
        Duration.ofMinutes(1));
  }

  public Surroundings withClock(InstantSource other) {
    return new Surroundings(
        other, nanoTime, random, masterKey, postgresPassword, requestLog, nightWatchEvery);
  }

  public Surroundings withRequestLog(Consumer<String> other) {
    return new Surroundings(
        clock, nanoTime, random, masterKey, postgresPassword, other, nightWatchEvery);
  }

  Surroundings withPostgresPassword(String other) {
    return new Surroundings(clock, nanoTime, random, masterKey, other, requestLog, nightWatchEvery);
  }

  Surroundings withNightWatchEvery(Duration other) {
    return new Surroundings(
        clock, nanoTime, random, masterKey, postgresPassword, requestLog, other);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Surroundings[••••]";
  }
}
