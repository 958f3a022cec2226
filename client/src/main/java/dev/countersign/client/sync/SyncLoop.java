package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.KnownKeys;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.OutboxState;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.WipeOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

// Long because every reason to send, to fetch and to stop meets in one loop.
/**
 * Keeps a device and its server together, on one thread of its own: sends soon after something was
 * recorded, takes what is new as soon as the server says that there is something, and without that
 * every quarter of a minute, and after a failure tries again by itself, at first after a second and
 * at last every minute. It needs no sale to wake up and no clock that is right: it measures with
 * the monotonic one.
 *
 * <p>All public methods are safe for any thread and return at once; {@link #close} breaks off the
 * exchange that is under way: what was sent and not acknowledged is sent again next time.
 */
public final class SyncLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);

  private static final Duration CANCEL_AGAIN = Duration.ofMillis(50);

  /**
   * How often to ask for news when nothing else happens.
   *
   * @param polling while nobody says when there is something
   * @param quiet while the server would say so
   * @param listens whether to have the server say so; needs the loop's own thread
   */
  public record Rhythm(Duration polling, Duration quiet, boolean listens) {
    /** As in a shop. */
    public static Rhythm usual() {
      return new Rhythm(Duration.ofSeconds(15), Duration.ofMinutes(1), true);
    }

    /** For whoever steps the loop. */
    public static Rhythm stepped() {
      return new Rhythm(Duration.ofSeconds(15), Duration.ofSeconds(15), false);
    }
  }

  /** What the loop takes from the machine. */
  public record Surroundings(
      InstantSource clock,
      LongSupplier monotonicNanos,
      RandomGenerator random,
      Pause pause,
      LongConsumer progress,
      Rhythm rhythm) {
    /** One that only polls. */
    public Surroundings(
        InstantSource clock,
        LongSupplier monotonicNanos,
        RandomGenerator random,
        Pause pause,
        LongConsumer progress) {
      this(clock, monotonicNanos, random, pause, progress, Rhythm.stepped());
    }

    /**
     * The machine's own.
     *
     * @param progress told how many items of a snapshot have come
     */
    public static Surroundings ofThisMachine(RandomGenerator random, LongConsumer progress) {
      return new Surroundings(
          InstantSource.system(), System::nanoTime, random, Pause.real(), progress, Rhythm.usual());
    }
  }

  private final OpenDevice device;
  private final ServerConnection connection;
  private final Surroundings around;
  private final Pusher pusher;
  private final Puller puller;
  private final Witness witness;
  private final Following following;
  private final Renewing renewing;
  private final Granting granting;
  private final Reserving reserving;
  private final Gathering gathering;
  private final Backoff pushBackoff;
  private final Backoff pullBackoff;
  private final Semaphore bell = new Semaphore(0);
  private final Semaphore impatience = new Semaphore(0);
  private final List<Contact> contacts = new CopyOnWriteArrayList<>();
  private final DeviceSignIn signIn;
  private final Cosigning cosigning;
  private final Listening listening;
  private final AtomicReference<@Nullable Consumer<WipeOrder>> wiping = new AtomicReference<>();
  private final List<Consumer<SyncState>> listeners = new CopyOnWriteArrayList<>();
  private final Runnable onChange = this::recorded;
  private final ReentrantLock showing = new ReentrantLock();
  private volatile SyncState state = new SyncState.AllAccepted();
  private volatile boolean closed;
  private volatile boolean personAsked;
  private volatile Obstacle obstacle = Obstacle.NONE;
  private long nextPull;
  private volatile boolean noticed;
  private boolean pullFailed;
  private @Nullable Thread thread;
  private @Nullable Thread ear;

  /**
   * Starts nothing yet; reads the store for the state to show.
   *
   * @param connection closed together with this loop
   */
  public SyncLoop(OpenDevice device, ServerConnection connection, Surroundings around) {
    var enrolled = device.ledger().enrolled();
    KnownKeys keys = device.keys();
    this.device = device;
    this.connection = connection;
    this.around = around;
    this.witness =
        new Witness(
            device.checkpoints(),
            device.replica(),
            connection,
            enrolled.tenant(),
            keys::logKeys,
            around.clock());
    this.following = new Following(connection, connection::unbelieved, keys, enrolled.tenant());
    this.renewing = new Renewing(connection, enrolled, device.ownKey(), keys, following);
    this.pusher =
        new Pusher(
            connection,
            device.outbox(),
            new AcknowledgementCheck(
                enrolled.tenant(), enrolled.device(), keys::serverKey, keys::logKey),
            witness,
            following);
    this.signIn = signIn(renewing::want);
    this.cosigning =
        new Cosigning(
            connection, signIn, enrolled.device(), witness, seen -> device.ownKey().cosign(seen));
    this.listening =
        new Listening(
            connection,
            signIn(() -> {}),
            device.replica()::cursor,
            this::noticed,
            new Backoff(around.random()),
            around.pause());
    this.puller = new Puller(connection, signIn, device.replica(), around.progress(), () -> closed);
    this.granting =
        new Granting(
            connection, signIn, device.grants(), device.users(), keys, following, around.clock());
    this.reserving = new Reserving(device, connection, following, around.clock());
    this.gathering = new Gathering(connection, signIn, device.gathered(), around.monotonicNanos());
    device.replica().addListener(granting::stale);
    addContact(new TellingCustomers(device.customers()));
    addContact(new TellingParked(device.parked()));
    this.pushBackoff = new Backoff(around.random());
    this.pullBackoff = new Backoff(around.random());
    this.nextPull = around.monotonicNanos().getAsLong();
    show();
  }

  private DeviceSignIn signIn(Runnable onKeyWanted) {
    Enrolled enrolled = device.ledger().enrolled();
    return new DeviceSignIn(
        connection, enrolled.device(), enrolled.environment(), device.outbox()::sign, onKeyWanted);
  }

  /** Met after every fetch that came to its end, on the thread of this loop. */
  public void addContact(Contact contact) {
    contacts.add(contact);
  }

  /** How this till has parts of gift cards reserved; asking blocks, unlike what is asked here. */
  public Reserving reserving() {
    return reserving;
  }

  private Reply post(String path, byte[] json) {
    return signIn.asking(token -> connection.postJson(path, json, token));
  }

  /** Starts the thread; once. */
  public synchronized void start() {
    if (thread != null || closed) {
      throw new IllegalStateException("started already, or closed");
    }
    device.ledger().addListener(onChange);
    thread = Thread.ofVirtual().name("sync").start(this::run);
  }

  /** Something was recorded: send it, unless the loop is waiting after a failure. */
  public void poke() {
    bell.release();
  }

  /** Runs on the thread that listens. */
  private void noticed() {
    noticed = true;
    bell.release();
  }

  /** Once something was fetched: before, there is no position to listen from. */
  private synchronized void listen() {
    if (around.rhythm().listens() && ear == null && !closed) {
      ear = Thread.ofVirtual().name("sync-ear").start(listening::run);
    }
  }

  /**
   * Runs on the thread that recorded something: the screen must not say "all accepted" for even a
   * moment after a sale. The sale is safe by now, so nothing may be thrown.
   */
  private void recorded() {
    showSafely();
    poke();
  }

  /** A person wants to see it tried now, whatever the waiting time; also after it was stopped. */
  public void retryNow() {
    personAsked = true;
    impatience.release();
    bell.release();
  }

  /**
   * Told, on the loop's thread, when the server has ordered this device to wipe itself and the
   * order is genuine; must be quick. Set before the loop is started.
   */
  public void onWipe(Consumer<WipeOrder> carryOut) {
    wiping.set(carryOut);
  }

  /** How it stands. */
  public SyncState state() {
    return state;
  }

  /** Told of every new state, on the thread that brought it about; must be quick. */
  public void addListener(Consumer<SyncState> listener) {
    listeners.add(listener);
  }

  public void removeListener(Consumer<SyncState> listener) {
    listeners.remove(listener);
  }

  private void run() {
    while (!closed) {
      try {
        Rest rest = step();
        if (closed) {
          return;
        }
        around.pause().await(rest.patient() ? impatience : bell, rest.atMost());
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /**
   * What follows on a round.
   *
   * @param atMost how long to wait before the next one
   * @param patient true after a failure: a sale does not cut the wait short, so that a server that
   *     is down is not asked more often on a busy day; a person does
   */
  public record Rest(Duration atMost, boolean patient) {}

  /**
   * One round of sending and fetching, on the calling thread. The loop's own thread does nothing
   * else; whoever has not started it may step it instead, and keeps the rests.
   */
  public Rest step() {
    Duration asked = round();
    if (asked == null) {
      pushBackoff.succeeded();
      return new Rest(gathering.isUnderWay() ? Duration.ZERO : untilNextPull(), false);
    }
    return new Rest(pushBackoff.afterFailure(asked), true);
  }

  private Duration untilNextPull() {
    long nanos = nextPull - around.monotonicNanos().getAsLong();
    return Duration.ofNanos(Math.max(0, nanos));
  }

  /** One round; null when everything was sent, else what the server asked to wait. */
  private @Nullable Duration round() {
    try {
      show();
      renewing.step();
      Duration asked = push();
      pullWhenDue();
      gather();
      show();
      return asked;
    } catch (RuntimeException e) {
      // A full disk, mostly. Ending the thread would end sending without a word.
      LOG.warn("sync round failed", e);
      obstacle = Obstacle.THIS_DEVICE;
      showSafely();
      return Duration.ZERO;
    }
  }

  /** What was sold here does not wait because what others sold cannot be kept. */
  private void gather() {
    try {
      gathering.step();
    } catch (RuntimeException e) {
      LOG.warn("sales of other tills are not gathered", e);
    }
  }

  private @Nullable Duration push() {
    if (device.outbox().state().stopped() != null) {
      if (!personAsked) {
        return null;
      }
      device.outbox().resume();
    }
    if (personAsked) {
      nextPull = around.monotonicNanos().getAsLong();
    }
    personAsked = false;
    UUID epoch = device.replica().epoch();
    PushOutcome outcome = pusher.push();
    if (outcome instanceof PushOutcome.Contradicted) {
      // A restored server has a new epoch; this device may not have heard of it yet.
      if (!pull()) {
        return Duration.ZERO;
      }
      if (!device.replica().epoch().equals(epoch)) {
        outcome = pusher.push();
      }
    }
    return switch (outcome) {
      case PushOutcome.AllSent _ -> {
        obstacle = Obstacle.NONE;
        yield null;
      }
      case PushOutcome.Delayed delayed -> {
        LOG.info("not sent yet: {} {}", delayed.obstacle(), delayed.detail());
        obstacle = delayed.obstacle();
        if (obstacle == Obstacle.CERTIFICATE_CHANGED && following.followToCertificate()) {
          LOG.info("the server has another certificate, as its key says");
        }
        yield delayed.retryAfter();
      }
      case PushOutcome.CutOff(String document) -> {
        cutOff(document);
        obstacle = Obstacle.REFUSED;
        yield Duration.ZERO;
      }
      case PushOutcome.Contradicted contradicted ->
          ended(StopReason.LOG_CONTRADICTED, contradicted.detail());
      case PushOutcome.Ended ended -> ended(ended.reason(), ended.detail());
    };
  }

  /** An order that is not the server's, or another device's, is as if nobody had spoken. */
  private void cutOff(@Nullable String document) {
    Enrolled enrolled = device.ledger().enrolled();
    Optional<WipeOrder> order = WipeOrders.believed(document, enrolled, device.keys().serverKey());
    if (order.isEmpty() && following.follow()) {
      order = WipeOrders.believed(document, enrolled, device.keys().serverKey());
    }
    Consumer<WipeOrder> carryOut = wiping.get();
    if (order.isEmpty() || carryOut == null) {
      LOG.warn("told to wipe this device, by nobody who may");
      return;
    }
    wiping.set(null);
    carryOut.accept(order.get());
  }

  private @Nullable Duration ended(StopReason reason, String detail) {
    LOG.error("sending has ended: {} {}", reason, detail);
    device.outbox().frozen(reason.code());
    return null;
  }

  private void pullWhenDue() {
    boolean told = noticed;
    noticed = false;
    boolean due = nextPull - around.monotonicNanos().getAsLong() <= 0;
    // A server that could not answer is not asked sooner because it can speak.
    if ((due || (told && !pullFailed)) && pull()) {
      prove();
    }
  }

  /** True when the server has told all it had to tell. */
  private boolean pull() {
    long before = device.replica().cursor();
    PullOutcome outcome = puller.pull();
    pullFailed = !(outcome instanceof PullOutcome.UpToDate);
    Duration wait =
        switch (outcome) {
          case PullOutcome.UpToDate _ -> {
            granting.step();
            reserving.settle();
            pullBackoff.succeeded();
            contacts.forEach(contact -> contact.met(this::post));
            gathering.met();
            listen();
            // What came is confirmed by the next time of asking.
            boolean quiet = listening.isHeld() && device.replica().cursor() == before;
            yield quiet ? around.rhythm().quiet() : around.rhythm().polling();
          }
          case PullOutcome.Delayed(Reply.Refused refused)
              when refused.problem().code().equals(Problem.WIPE_ORDERED) -> {
            cutOff(refused.problem().document());
            yield pullBackoff.afterFailure(Duration.ZERO);
          }
          case PullOutcome.Delayed(Reply.Refused refused)
              when refused.problem().code().equals(Problem.OTHER_ENVIRONMENT) -> {
            ended(StopReason.OTHER_ENVIRONMENT, refused.detail());
            yield pullBackoff.afterFailure(Duration.ZERO);
          }
          case PullOutcome.Delayed delayed -> {
            if (delayed.reason() instanceof Reply.CertificateChanged) {
              following.followToCertificate();
            }
            LOG.info("not pulled yet: {}", delayed.reason().detail());
            yield pullBackoff.afterFailure(
                delayed.reason() instanceof Reply.Busy busy ? busy.retryAfter() : Duration.ZERO);
          }
        };
    nextPull = around.monotonicNanos().getAsLong() + wait.toNanos();
    return outcome instanceof PullOutcome.UpToDate;
  }

  /** A server that was restored since the last fetch says so at the next one. */
  private void prove() {
    UUID epoch = device.replica().epoch();
    Optional<String> contradiction = witness.prove().or(cosigning::step);
    if (contradiction.isPresent() && pull() && device.replica().epoch().equals(epoch)) {
      ended(StopReason.LOG_CONTRADICTED, contradiction.get());
    }
  }

  private void show() {
    showing.lock();
    try {
      SyncState next = read();
      if (!next.equals(state)) {
        state = next;
        listeners.forEach(listener -> listener.accept(next));
      }
    } finally {
      showing.unlock();
    }
  }

  private SyncState read() {
    OutboxState outbox = device.outbox().state();
    String stopped = outbox.stopped();
    Instant since = outbox.since();
    if (stopped != null) {
      return new SyncState.Stopped(StopReason.of(stopped), outbox.waiting());
    }
    if (since != null) {
      return new SyncState.Waiting(outbox.waiting(), since, obstacle);
    }
    return outbox.needsManager() > 0
        ? new SyncState.NeedsManager(outbox.needsManager())
        : new SyncState.AllAccepted();
  }

  private void showSafely() {
    try {
      show();
    } catch (RuntimeException e) {
      LOG.warn("the state of sending cannot be read", e);
    }
  }

  /** Ends the thread. Closing twice is fine. */
  @Override
  public void close() {
    closed = true;
    device.ledger().removeListener(onChange);
    listening.close();
    bell.release();
    impatience.release();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    try {
      end(running);
      synchronized (this) {
        running = ear;
      }
      end(running);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  /** Again and again: a round asks several things, and a call may begin just after a cancel. */
  private void end(@Nullable Thread running) throws InterruptedException {
    while (running != null && running.isAlive()) {
      connection.cancel();
      running.join(CANCEL_AGAIN);
    }
  }
}
