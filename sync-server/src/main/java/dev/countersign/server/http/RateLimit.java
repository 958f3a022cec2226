package dev.countersign.server.http;

import dev.countersign.common.protocol.Problem;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of requests per network address, or per device or person, refilled steadily. IPv6
 * addresses count by their /64, which is what one customer gets. Safe for any thread.
 */
final class RateLimit {
  /** Addresses remembered at most; full buckets are forgotten first. */
  private static final int ADDRESSES = 20_000;

  private static final double NANOS_PER_MINUTE = 60e9;

  private final double perNano;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private static final class Bucket {
    private double left;
    private long at;

    Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  RateLimit(int perMinute, int burst, LongSupplier nanoTime) {
    this.perNano = perMinute / NANOS_PER_MINUTE;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes a request, or refuses it.
   *
   * @throws RefusedRequest 429 with the time to wait
   */
  void require(String who, String refusal) {
    int wait = take(who);
    if (wait > 0) {
      throw new RefusedRequest(429, Problem.of("too-many-requests", refusal), wait);
    }
  }

  /** Takes a request; returns 0 when it may go on, else in how many seconds to come again. */
  synchronized int take(String address) {
    long now = nanoTime.getAsLong();
    String key = network(address);
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      if (buckets.size() >= ADDRESSES) {
        forget(now);
      }
      bucket = new Bucket(burst, now);
      buckets.put(key, bucket);
    }
    refill(bucket, now);
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return 0;
    }
    return (int) Math.max(1, Math.ceil((1 - bucket.left) / perNano / 1e9));
  }

  private void refill(Bucket bucket, long now) {
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) * perNano);
    bucket.at = now;
  }

  /** Full buckets say nothing and go; were there none, any goes, so that memory stays bounded. */
  private void forget(long now) {
    Iterator<Bucket> all = buckets.values().iterator();
    while (all.hasNext()) {
      Bucket bucket = all.next();
      refill(bucket, now);
      if (bucket.left >= burst) {
        all.remove();
      }
    }
    Iterator<String> some = buckets.keySet().iterator();
    while (buckets.size() >= ADDRESSES && some.hasNext()) {
      some.next();
      some.remove();
    }
  }

  /** The address, or an IPv6 address's first 64 bits. */
  static String network(String address) {
    String bare = address.replace("[", "").replace("]", "");
    if (bare.indexOf(':') < 0) {
      return bare;
    }
    String[] groups = bare.split(":", -1);
    int compressed = bare.indexOf("::");
    if (compressed >= 0 && bare.substring(0, compressed).split(":").length < 4) {
      return bare.substring(0, compressed) + "::";
    }
    return String.join(":", java.util.Arrays.copyOf(groups, Math.min(4, groups.length)));
  }
}
