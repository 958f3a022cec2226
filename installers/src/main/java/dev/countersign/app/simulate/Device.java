package dev.countersign.app.simulate;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.store.StoreException;
import dev.countersign.client.sync.EnrolOutcome;
import dev.countersign.client.sync.Enrolling;
import dev.countersign.client.sync.EnrolmentResult;
import dev.countersign.client.sync.Reserving;
import dev.countersign.client.sync.ServerConnection;
import dev.countersign.client.sync.SyncLoop;
import dev.countersign.client.sync.SyncLoop.Rest;
import dev.countersign.client.sync.SyncState;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.WipeOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * A till or an office: the machine, the open device on it and the loop that keeps it together with
 * the server, stepped instead of run. Used by one thread.
 */
final class Device {
  /** Told when this device believes an order to wipe itself. */
  @FunctionalInterface
  interface Ordered {
    void by(WipeOrder order) throws Exception;
  }

  /** What somebody does at a device. */
  @FunctionalInterface
  interface Sitting {
    void at(Device device) throws Exception;
  }

  /** What it is called, and where it stands. */
  record Title(String name, int store, boolean office) {}

  private static final Duration LONG_REST = Duration.ofSeconds(10);
  private static final int OVERSLEPT = 2_000;
  private static final int IMPATIENT_OVERSLEPT = 20;

  private final Title title;
  private final Timeline time;
  private final Story story;
  private final Chance chance;
  private final Machine machine;
  private final TiltedClock clock;
  private final Interceptor way;
  private final SecureRandom random;
  private final Secret key;
  private @Nullable OpenDevice open;
  private @Nullable SyncLoop loop;
  private @Nullable WipeOrder ordered;
  private Ordered wiper = _ -> {};
  private Timeline.Happening starter = () -> {};
  private String shown = "";
  private boolean patient;
  private boolean retired;
  private long plan;

  Device(
      Title title,
      Timeline time,
      Story story,
      Chance chance,
      Machine machine,
      TiltedClock clock,
      Interceptor way,
      Secret key) {
    this.title = title;
    this.time = time;
    this.story = story;
    this.chance = chance;
    this.machine = machine;
    this.clock = clock;
    this.way = way;
    this.random = chance.secure();
    this.key = key;
  }

  /** Redeems a code; false when the server did not answer, and then it never will be a device. */
  boolean enrol(EnrolmentTicket ticket) throws Exception {
    EnrolOutcome outcome =
        new Enrolling(code -> ServerConnection.over(code.server(), way), random, null)
            .enrol(ticket.text(), title.name());
    if (outcome instanceof EnrolOutcome.NoServer none) {
      tell("cannot be enrolled: " + none.reason().detail());
      retire();
      return false;
    }
    if (!(outcome instanceof EnrolOutcome.Enrolled(EnrolmentResult result))) {
      throw new FindingException(title.name() + " is not enrolled: " + outcome);
    }
    OpenDevice fresh =
        OpenDevice.enrol(
            new DeviceFolder(machine.folder()),
            key,
            result.enrolled(),
            result.key(),
            result.epoch(),
            result.firstUser(),
            around());
    result.key().close();
    tell("is enrolled");
    begin(fresh);
    return true;
  }

  private OpenDevice.Surroundings around() {
    return new OpenDevice.Surroundings(clock, time::nanos, random);
  }

  private void begin(OpenDevice device) {
    open = device;
    SyncLoop fresh =
        new SyncLoop(
            device,
            ServerConnection.over(device.ledger().enrolled().server(), way),
            new SyncLoop.Surroundings(
                clock, time::nanos, chance.generator(), (_, _) -> {}, _ -> {}));
    fresh.onWipe(order -> ordered = order);
    loop = fresh;
    patient = false;
    planStep(Duration.ZERO);
  }

  Title title() {
    return title;
  }

  String name() {
    return title.name();
  }

  TiltedClock clock() {
    return clock;
  }

  Machine machine() {
    return machine;
  }

  SecureRandom random() {
    return random;
  }

  /** A copy of the key of its store. */
  Secret key() {
    return key.copy();
  }

  Interceptor way() {
    return way;
  }

  boolean isOn() {
    return open != null;
  }

  /** It never comes back: wiped, or replaced by another. */
  boolean isRetired() {
    return retired;
  }

  void retire() {
    retired = true;
  }

  /** The open device; whoever asks knows that it is on. */
  OpenDevice open() {
    OpenDevice device = open;
    if (device == null) {
      throw new IllegalStateException(title.name() + " is off");
    }
    return device;
  }

  UUID id() {
    return open().ledger().enrolled().device();
  }

  /** How it has parts of gift cards reserved; whoever asks knows that it is on. */
  Reserving reserving() {
    SyncLoop running = loop;
    if (running == null) {
      throw new IllegalStateException(title.name() + " is off");
    }
    return running.reserving();
  }

  SyncState state() {
    SyncLoop running = loop;
    return running == null ? new SyncState.AllAccepted() : running.state();
  }

  void tell(String what) {
    story.tell(title.name(), what);
  }

  /** Something was recorded. */
  void recorded() {
    if (!patient) {
      planStep(Duration.ZERO);
    }
  }

  /** A person wants to see it tried now. */
  void retryNow() {
    SyncLoop running = loop;
    if (running != null) {
      running.retryNow();
      planStep(Duration.ZERO);
    }
  }

  /** It looks for news now, and does not begin to send again if that has ended. */
  void nudge() {
    if (isOn()) {
      planStep(Duration.ZERO);
    }
  }

  private void planStep(Duration wait) {
    long mine = ++plan;
    time.in(
        wait,
        () -> {
          if (mine == plan) {
            step();
          }
        });
  }

  private void step() throws Exception {
    SyncLoop running = loop;
    if (running == null) {
      return;
    }
    try {
      Rest rest = running.step();
      patient = rest.patient();
      planStep(overslept(rest));
      tellState(running.state());
      WipeOrder order = ordered;
      if (order != null) {
        ordered = null;
        wiper.by(order);
      }
    } catch (PowerCut _) {
      crashed();
    }
  }

  /**
   * A machine may wake late, and a world has no time to ask every quarter of a minute: long rests
   * are made longer. A round that began at this moment is over in the next.
   */
  private static Duration overslept(Rest rest) {
    boolean isLong = rest.atMost().compareTo(LONG_REST) >= 0;
    int times = isLong ? rest.patient() ? IMPATIENT_OVERSLEPT : OVERSLEPT : 1;
    return rest.atMost().multipliedBy(times).plusMillis(1);
  }

  private void tellState(SyncState state) {
    String now =
        switch (state) {
          case SyncState.AllAccepted _ -> "everything is countersigned";
          case SyncState.Waiting waiting ->
              "waits to send " + waiting.count() + ", " + waiting.reason();
          case SyncState.NeedsManager needs ->
              "everything is countersigned, a manager should look at " + needs.count();
          case SyncState.Stopped stopped ->
              "sending has ended: " + stopped.reason() + ", " + stopped.count() + " wait";
        };
    if (!now.equals(shown)) {
      shown = now;
      tell(now);
    }
  }

  /** What people do first when it is switched on again. */
  void onStart(Timeline.Happening first) {
    starter = first;
  }

  void onOrder(Ordered carryOut) {
    wiper = carryOut;
  }

  /** Its power went while something was done; it starts again later. */
  void crashed() throws Exception {
    OpenDevice left = open();
    forget();
    crashed(left);
  }

  /** The same where somebody else has the open device. */
  void crashed(OpenDevice left) throws Exception {
    tell("loses its power at " + machine.disk().last());
    machine.crash(left::close);
    time.in(Duration.ofSeconds(chance.between(1, 7200)), this::start);
  }

  private void forget() {
    SyncLoop running = loop;
    open = null;
    loop = null;
    ordered = null;
    plan++;
    if (running != null) {
      running.close();
    }
  }

  /** Lets go of the open device, which somebody else closes. */
  OpenDevice handOver() {
    OpenDevice device = open();
    forget();
    return device;
  }

  /** Is switched off as it should be. */
  void stop() {
    if (isOn()) {
      handOver().close();
    }
  }

  /** Is switched on, unless it runs or is no more. */
  void start() throws Exception {
    if (isOn() || retired) {
      return;
    }
    try {
      begin(OpenDevice.open(new DeviceFolder(machine.folder()), key, around()));
    } catch (PowerCut _) {
      tell("loses its power while it starts");
      OpenDevice begun = open;
      open = null;
      machine.crash(begun == null ? () -> {} : begun::close);
      time.in(Duration.ofSeconds(chance.between(1, 7200)), this::start);
      return;
    } catch (StoreException e) {
      tell("cannot start: " + e.fault().getClass().getSimpleName());
      time.in(Duration.ofMinutes(chance.between(1, 60)), this::start);
      return;
    }
    tell("is switched on");
    starter.happen();
  }

  /** An older copy of its files takes their place. */
  void putBack(Path copy) throws Exception {
    stop();
    machine.putBack(copy);
    start();
  }

  /** Lets go of everything at the end of a world. */
  void end() {
    machine.disk().clearAway();
    stop();
    key.close();
  }
}
