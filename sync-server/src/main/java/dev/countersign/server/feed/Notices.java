package dev.countersign.server.feed;

import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.feed.FeedTable.Viewer;
import dev.countersign.server.tenant.TenantMovedException;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.tenant.UnknownTenantException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells devices that are connected that there is something for them. One thread looks, for the
 * tenants that somebody is connected of: at once after this server wrote for one, and every second
 * for what another server wrote. What a device hears is a number and depends on what it may see:
 * what is sold in one store wakes nobody in another. Safe for any thread.
 */
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  /** A tenant whose tills all write at once is looked at this often, and no more. */
  private static final Duration REST = Duration.ofMillis(50);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long NOTHING = -1;

  private final Tenants tenants;
  private final Devices devices;
  private final FeedTable table;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Map<UUID, Map<UUID, Line>> halls = new ConcurrentHashMap<>();
  private final Set<UUID> rung = ConcurrentHashMap.newKeySet();
  private final Semaphore bell = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Duration beat = Duration.ofSeconds(10);
  private int atMost = Integer.MAX_VALUE;
  private int open;
  private @Nullable Thread thread;

  public Notices(
      Tenants tenants,
      Devices devices,
      FeedTable table,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.tenants = tenants;
    this.devices = devices;
    this.table = table;
    this.clock = clock;
    this.nanoTime = nanoTime;
    tenants.addListener(this::ring);
  }

  /** What came of asking for a line. */
  public sealed interface Entry {
    /** The line, to be closed by whoever asked. */
    record Held(Line line) implements Entry {}

    /** As many are held as there may be. */
    record Full() implements Entry {}

    /** The device is frozen or cut off. */
    record OutOfUse() implements Entry {}
  }

  /** What is to be said next on a line. */
  public sealed interface Said {
    /**
     * There is something up to this number of the feed; 0 when the device's position is not of this
     * feed.
     */
    record Something(long upTo) implements Said {}

    /** Nothing, and the line holds. */
    record Still() implements Said {}

    /** The line ends. */
    record Over() implements Said {}
  }

  /**
   * Begins to look.
   *
   * @param silence how long a connection may be silent; a line says something three times as often
   * @param atMost lines in all; a tenant has half of them
   */
  public synchronized void start(Duration silence, int atMost) {
    Duration third = silence.dividedBy(3);
    this.beat = third.compareTo(beat) < 0 ? third : beat;
    this.atMost = Math.max(2, atMost);
    thread = Thread.ofVirtual().name("notices").start(this::watch);
  }

  /**
   * Holds a line for a device; one that it had before ends.
   *
   * @param after the number of the feed that the device is at
   * @param until when the line ends in any case
   */
  public Entry enter(UUID tenant, UUID device, Viewer viewer, long after, Instant until)
      throws SQLException {
    Line line = new Line(tenant, device, viewer, until);
    if (!admit(line)) {
      return new Entry.Full();
    }
    boolean held = false;
    try {
      Optional<Long> upTo =
          tenants.<Optional<Long>, SQLException>read(tenant, scope -> first(scope, line, after));
      upTo.ifPresent(line::tell);
      held = upTo.isPresent();
      return held ? new Entry.Held(line) : new Entry.OutOfUse();
    } finally {
      if (!held) {
        line.close();
      }
    }
  }

  private Optional<Long> first(TenantScope scope, Line line, long after) throws SQLException {
    boolean inUse =
        devices
            .find(scope, line.device)
            .filter(device -> device.state() == Device.State.ACTIVE)
            .isPresent();
    if (!inUse) {
      return Optional.empty();
    }
    boolean ahead = after > table.head(scope);
    return Optional.of(ahead ? 0 : Math.max(after, table.newest(scope, line.viewer, after)));
  }

  /** How many lines are held. */
  public synchronized int held() {
    return open;
  }

  private synchronized boolean admit(Line line) {
    Map<UUID, Line> hall = halls.computeIfAbsent(line.tenant, _ -> new ConcurrentHashMap<>());
    Line before = hall.get(line.device);
    boolean room = before != null || (open < atMost && hall.size() < atMost / 2);
    if (end.getCount() == 0 || !room) {
      forgetIfEmpty(line.tenant, hall);
      return false;
    }
    hall.put(line.device, line);
    if (before == null) {
      open++;
    } else {
      before.end();
    }
    return true;
  }

  private synchronized void leave(Line line) {
    Map<UUID, Line> hall = halls.get(line.tenant);
    // A line that was replaced has no place of its own any more.
    if (hall != null && hall.remove(line.device, line)) {
      open--;
      forgetIfEmpty(line.tenant, hall);
    }
  }

  private void forgetIfEmpty(UUID tenant, Map<UUID, Line> hall) {
    if (hall.isEmpty()) {
      halls.remove(tenant);
      rung.remove(tenant);
    }
  }

  private void ring(UUID tenant) {
    if (halls.containsKey(tenant) && rung.add(tenant)) {
      bell.release();
    }
  }

  private void watch() {
    long lookAgain = nanoTime.getAsLong();
    try {
      while (!end.await(REST.toNanos(), TimeUnit.NANOSECONDS)) {
        long left = lookAgain - nanoTime.getAsLong();
        if (left > 0 && bell.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          bell.drainPermits();
          for (UUID tenant : List.copyOf(rung)) {
            look(tenant);
          }
        } else {
          for (UUID tenant : List.copyOf(halls.keySet())) {
            look(tenant);
          }
          lookAgain = nanoTime.getAsLong() + LOOK.toNanos();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(UUID tenant) {
    // Taken away before the look: what is written meanwhile rings once more.
    rung.remove(tenant);
    Map<UUID, Line> hall = halls.get(tenant);
    if (hall == null || hall.isEmpty()) {
      return;
    }
    List<Line> lines = List.copyOf(hall.values());
    try {
      tenants.<Integer, SQLException>read(tenant, scope -> look(scope, lines));
    } catch (TenantMovedException | UnknownTenantException _) {
      lines.forEach(Line::end);
    } catch (SQLException | RuntimeException e) {
      LOG.warn("it could not be looked whether there is something for devices", e);
    }
  }

  private int look(TenantScope scope, List<Line> lines) throws SQLException {
    Set<UUID> outOfUse = devices.outOfUse(scope);
    Map<Viewer, Long> from = new HashMap<>();
    lines.forEach(line -> from.merge(line.viewer, line.told(), Math::min));
    Map<Viewer, Long> newest = new HashMap<>();
    for (var viewer : from.entrySet()) {
      newest.put(viewer.getKey(), table.newest(scope, viewer.getKey(), viewer.getValue()));
    }
    for (Line line : lines) {
      if (outOfUse.contains(line.device)) {
        line.end();
      } else {
        long upTo = newest.getOrDefault(line.viewer, 0L);
        if (upTo > line.told()) {
          line.tell(upTo);
        }
      }
    }
    return lines.size();
  }

  /** Ends every line and lets nobody in any more. */
  @Override
  public void close() {
    Thread watching;
    synchronized (this) {
      end.countDown();
      halls.values().forEach(hall -> hall.values().forEach(Line::end));
      watching = thread;
    }
    bell.release();
    if (watching != null) {
      boolean interrupted = false;
      while (watching.isAlive()) {
        try {
          watching.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is held open for one device. */
  public final class Line implements AutoCloseable {
    private final UUID tenant;
    private final UUID device;
    private final Viewer viewer;
    private final Instant until;
    private final Semaphore news = new Semaphore(0);
    private long told;
    private long unsaid = NOTHING;
    private boolean ended;

    private Line(UUID tenant, UUID device, Viewer viewer, Instant until) {
      this.tenant = tenant;
      this.device = device;
      this.viewer = viewer;
      this.until = until;
    }

    /** Waits until there is something to say, at most for a heartbeat. */
    public Said next() throws InterruptedException {
      Duration left = Duration.between(clock.instant(), until);
      if (left.isPositive() && left.compareTo(beat) > 0) {
        left = beat;
      }
      if (news.tryAcquire(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS)) {
        news.drainPermits();
      }
      boolean over = !clock.instant().isBefore(until);
      synchronized (this) {
        long upTo = unsaid;
        unsaid = NOTHING;
        if (!ended && upTo != NOTHING) {
          return new Said.Something(upTo);
        }
        return ended || over ? new Said.Over() : new Said.Still();
      }
    }

    private synchronized long told() {
      return told;
    }

    private synchronized void tell(long upTo) {
      told = upTo;
      unsaid = upTo;
      news.release();
    }

    private synchronized void end() {
      ended = true;
      news.release();
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}
