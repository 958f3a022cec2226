package dev.countersign.server.http;

import dev.countersign.server.config.ServerConfig;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * How often a device may ask where no session but its signature says who it is, from wherever it
 * comes. Taken only once the signature is known to be good: else anyone could use up a device's
 * turns. Safe for any thread.
 */
final class DeviceTurns {
  /** A till asks once, at a cold start; ten leaves room for a bad network and for wrong PINs. */
  private static final int SHARES_PER_MINUTE = 10;

  private final RateLimit batches;
  private final RateLimit shares;

  DeviceTurns(ServerConfig config, LongSupplier nanoTime) {
    this.batches = new RateLimit(config.batchesPerMinute(), config.batchBurst(), nanoTime);
    this.shares = new RateLimit(SHARES_PER_MINUTE, SHARES_PER_MINUTE, nanoTime);
  }

  /**
   * One more batch.
   *
   * @throws RefusedRequest 429 with the time to wait
   */
  void batch(UUID device) {
    batches.require(device.toString(), "Too many batches of this device.");
  }

  /**
   * The share of its key once more.
   *
   * @throws RefusedRequest 429 with the time to wait
   */
  void share(UUID device) {
    shares.require(device.toString(), "Asked too often for the share of this device.");
  }
}
