package dev.countersign.client.launch;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.terminal.CardTerminal;
import dev.countersign.client.terminal.SimulatedTerminal;
import dev.countersign.client.terminal.TcpTerminal;
import dev.countersign.client.ui.kit.Strip;
import dev.countersign.client.ui.kit.Surface;
import dev.countersign.client.ui.till.TillController;
import dev.countersign.common.crypto.UuidV7;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A throw-away till beside the real one, for whoever learns. It has a store of its own under a key
 * that is kept nowhere, a card terminal that charges nobody, and no line to any server; when it is
 * left, all of it is gone. Belongs to the screen's thread unless a method says otherwise.
 */
final class TrainingDesk {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingDesk.class);

  private final Surface surface;
  private final DeviceFolder folder;
  private final OpenDevice.Surroundings around;
  private final Maker maker;
  private final Runnable marked;
  private final Predicate<UUID> attended;
  private boolean wished;
  private volatile @Nullable Room room;

  /** Makes the screens of a till over this device. */
  interface Maker {
    /**
     * @param terminal in the place of the real one; null where cards are taken on one that stands
     *     alone
     */
    TillController till(OpenDevice training, @Nullable CardTerminal terminal);

    /** Says in the real till's log that this person begins to learn, or leaves; blocking. */
    void note(OpenDevice real, UUID user, UUID training, boolean begun);

    /** Whether the real till asks a card terminal. */
    boolean asksTerminal();
  }

  private record Room(Made made, TillController till, UUID user) {}

  /**
   * @param real the till beside which this one was made
   */
  private record Made(
      UUID training, OpenDevice real, OpenDevice device, @Nullable SimulatedTerminal terminal) {
    void close() {
      try {
        device.close();
      } finally {
        if (terminal != null) {
          closeTerminal(terminal);
        }
      }
    }
  }

  /**
   * @param marked told when what is shown begins or ends to be training
   * @param attended whether this person is still at the till, and it is not locked
   */
  TrainingDesk(
      Surface surface,
      DeviceFolder folder,
      OpenDevice.Surroundings around,
      Maker maker,
      Runnable marked,
      Predicate<UUID> attended) {
    this.surface = surface;
    this.folder = folder;
    this.around = around;
    this.maker = maker;
    this.marked = marked;
    this.attended = attended;
  }

  /** Whether whoever is at the till learns, or the next one to come in will. */
  boolean isOn() {
    return wished || room != null;
  }

  /** The till that somebody learns on. */
  Optional<TillController> till() {
    return Optional.ofNullable(room).map(Room::till);
  }

  /** The throw-away device, while there is one. */
  Optional<OpenDevice> device() {
    return Optional.ofNullable(room).map(here -> here.made().device());
  }

  /** At the lock screen: the next PIN leads here, or no longer. */
  void toggle() {
    if (isOn()) {
      end();
    } else {
      wished = true;
      marked.run();
    }
  }

  /**
   * Somebody wants to learn. A sale that is on the counter comes first.
   *
   * @param otherwise to the real till
   */
  void enter(OpenDevice real, UUID user, Runnable otherwise) {
    Room here = room;
    if (here != null) {
      room = new Room(here.made(), here.till(), user);
      if (!here.user().equals(user)) {
        note(here.made(), user);
      }
      here.till().enter(user);
      return;
    }
    wished = true;
    marked.run();
    surface.strip().say(Strip.Tone.WARN, surface.kit().say("training.preparing"), "");
    surface
        .desk()
        .run(
            () -> real.ledger().kept().isPresent() ? Optional.<Made>empty() : make(real, user),
            made ->
                made.ifPresentOrElse(
                    fresh -> begin(fresh, user), () -> refused("training.basket", otherwise)),
            failure -> {
              surface.trouble(failure);
              wished = false;
              marked.run();
              otherwise.run();
            });
  }

  private void begin(Made fresh, UUID user) {
    if (!wished || !attended.test(user)) {
      // Called off while it was being made, or the till was locked: the next one in finds another.
      throwAway(fresh, user);
      return;
    }
    wished = false;
    SimulatedTerminal simulated = fresh.terminal();
    TillController till =
        maker.till(
            fresh.device(),
            simulated == null
                ? null
                : TcpTerminal.at(simulated.address(), TcpTerminal.Patience.usual()));
    room = new Room(fresh, till, user);
    surface.strip().say(Strip.Tone.WARN, surface.kit().say("training.begun"), "");
    till.enter(user);
  }

  private void refused(String key, Runnable otherwise) {
    wished = false;
    marked.run();
    otherwise.run();
    surface.refuse(surface.kit().say(key), "BASKET-OPEN");
  }

  /** Back to what is real; what was learned on is thrown away. */
  void end() {
    wished = false;
    Room here = room;
    room = null;
    marked.run();
    if (here != null) {
      here.till().end(() -> remove(here.made(), here.user()));
    }
  }

  /** Any thread: the program ends. */
  void close() {
    Room here = room;
    room = null;
    if (here != null) {
      remove(here.made(), here.user());
    }
  }

  /** Somebody else learns where one learned before. */
  private void note(Made made, UUID user) {
    surface
        .desk()
        .run(
            () -> {
              maker.note(made.real(), user, made.training(), true);
              return true;
            },
            _ -> {},
            surface::trouble);
  }

  private Optional<Made> make(OpenDevice real, UUID user) throws IOException {
    // Of a program that was killed meanwhile.
    folder.removeThrownAway();
    SimulatedTerminal terminal =
        maker.asksTerminal() ? SimulatedTerminal.start(SimulatedTerminal::byCents) : null;
    try {
      UUID training = new UuidV7(around.clock(), around.random()).next();
      Made made = new Made(training, real, real.training(folder.throwAway(), around), terminal);
      maker.note(real, user, training, true);
      return Optional.of(made);
    } catch (RuntimeException e) {
      if (terminal != null) {
        closeTerminal(terminal);
      }
      throw e;
    }
  }

  private void throwAway(Made made, UUID user) {
    surface
        .desk()
        .run(
            () -> {
              remove(made, user);
              return true;
            },
            _ -> {},
            surface::trouble);
  }

  private void remove(Made made, UUID user) {
    try {
      maker.note(made.real(), user, made.training(), false);
    } catch (RuntimeException e) {
      // Nobody may do anything here any more, or the keys are put away: it stays without an end.
      LOG.warn("that somebody left training is not in the log", e);
    }
    try {
      made.close();
    } finally {
      sweep();
    }
  }

  /** Removes what is left of every till that somebody learned on; it may block a moment. */
  void sweep() {
    try {
      folder.removeThrownAway();
    } catch (IOException _) {
      // Its key is gone with it, and the next start tries again.
    }
  }

  private static void closeTerminal(SimulatedTerminal terminal) {
    try {
      terminal.close();
    } catch (IOException _) {
      // It listens to nobody but this program, which has let go of it.
    }
  }
}
