package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a device keeps about the server's share of its key: whom to ask and with which key, and the
 * share itself for as long as its lease lasts. The lease lies in the chest, but only in one that
 * does not lie readable on the same disk: in a weaker chest the share would go with the disk it is
 * meant to be missing from, so there it is kept in memory only. Safe for any thread.
 */
public final class ShareKeeper {
  private final DeviceFolder folder;
  private final KeyChest chest;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Lease memory;

  ShareKeeper(DeviceFolder folder, KeyChest chest, InstantSource clock, SecureRandom random) {
    this.folder = folder;
    this.chest = chest;
    this.clock = clock;
    this.random = random;
  }

  /** The share and when it was taken; a clock before that time counts as being set back. */
  private record Lease(Secret share, Instant taken, Instant until) {
    boolean isOn(Instant now) {
      return !now.isBefore(taken) && now.isBefore(until);
    }
  }

  /**
   * The chest's entry.
   *
   * @param seed of the key that asks
   * @param pins of the server's certificate; none leaves it to the system
   * @param serverKey base64, the newest one that was followed to; null in an entry of before
   */
  private record Entry(
      byte[] seed,
      UUID device,
      String server,
      List<String> pins,
      @Nullable String serverKey,
      byte @Nullable [] share,
      @Nullable Instant taken,
      @Nullable Instant until) {
    Entry {
      pins = pins == null ? List.of() : List.copyOf(pins);
    }

    Entry without() {
      return new Entry(seed, device, server, pins, serverKey, null, null, null);
    }

    Entry at(String otherServer, List<String> otherPins, String otherKey) {
      return new Entry(seed, device, otherServer, otherPins, otherKey, share, taken, until);
    }

    boolean isAt(String aServer, List<String> somePins, String aKey) {
      return server.equals(aServer) && pins.equals(somePins) && aKey.equals(serverKey);
    }
  }

  /**
   * Whom to ask for the share, and as whom.
   *
   * @param serverKey what the server signed with when this device last heard of it: from there a
   *     device that was off for long follows to the certificate that the server shows now; null
   *     when it was not noted yet
   */
  public record Asking(
      UUID device, String server, List<String> pins, @Nullable VerifyKey serverKey, SigningKey key)
      implements AutoCloseable {
    @Override
    public void close() {
      key.close();
    }
  }

  /**
   * Makes the key that asks, once, and remembers the server as it is reached now.
   *
   * @param pins of its certificate, of the one that is to come among them; none leaves it to the
   *     system
   * @param serverKey what it signs with
   * @return its public half, for the server
   */
  public VerifyKey prepare(UUID device, String server, List<String> pins, VerifyKey serverKey)
      throws IOException, KeyChestException {
    String known = serverKey.toBase64();
    lock.lock();
    try {
      Entry entry = read().orElse(null);
      if (entry == null || !entry.device().equals(device)) {
        try (SigningKey fresh = SigningKey.generate(random);
            Secret seed = fresh.seed()) {
          entry = new Entry(seed.bytes().clone(), device, server, pins, known, null, null, null);
          write(entry);
        }
      } else if (!entry.isAt(server, pins, known)) {
        entry = entry.at(server, pins, known);
        write(entry);
      }
      try (SigningKey key = SigningKey.fromSeed(entry.seed())) {
        return key.verifyKey();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whom to ask, or empty before the first contact with the server. */
  public Optional<Asking> asking() throws IOException, KeyChestException {
    return read().map(ShareKeeper::asking);
  }

  private static Asking asking(Entry entry) {
    String known = entry.serverKey();
    return new Asking(
        entry.device(),
        entry.server(),
        entry.pins(),
        known == null ? null : VerifyKey.fromBase64(known),
        SigningKey.fromSeed(entry.seed()));
  }

  /** Keeps the share for so long; the secret stays the caller's. */
  public void keep(Secret share, Duration lease) throws IOException, KeyChestException {
    lock.lock();
    try {
      Instant now = clock.instant();
      Instant until = now.plus(lease);
      forgetMemory();
      memory = new Lease(share.copy(), now, until);
      Optional<Entry> entry = read();
      if (entry.isPresent() && !chest.isWeaker()) {
        Entry it = entry.get();
        write(
            new Entry(
                it.seed(),
                it.device(),
                it.server(),
                it.pins(),
                it.serverKey(),
                share.bytes().clone(),
                now,
                until));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The share while its lease is on; one that has ended is forgotten. The caller closes it.
   *
   * @return empty when the server must be asked
   */
  public Optional<Secret> lease() throws IOException, KeyChestException {
    lock.lock();
    try {
      Instant now = clock.instant();
      Lease held = memory;
      if (held != null && held.isOn(now)) {
        return Optional.of(held.share().copy());
      }
      forgetMemory();
      Entry entry = read().orElse(null);
      if (entry == null || entry.share() == null) {
        return Optional.empty();
      }
      Instant taken = entry.taken();
      Instant until = entry.until();
      Lease kept =
          taken == null || until == null ? null : new Lease(Secret.of(entry.share()), taken, until);
      if (kept != null && kept.isOn(now)) {
        return Optional.of(kept.share());
      }
      write(entry.without());
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the share; the key that asks stays. */
  public void forget() throws IOException, KeyChestException {
    lock.lock();
    try {
      forgetMemory();
      Optional<Entry> entry = read();
      if (entry.isPresent() && entry.get().share() != null) {
        write(entry.get().without());
      }
    } finally {
      lock.unlock();
    }
  }

  private void forgetMemory() {
    Lease held = memory;
    memory = null;
    if (held != null) {
      held.share().close();
    }
  }

  private Optional<Entry> read() throws IOException, KeyChestException {
    try {
      return chest
          .read(Entries.share(folder.readWraps().folder()))
          .map(bytes -> Json.decode(bytes, Entry.class));
    } catch (JacksonException e) {
      throw new IOException("the chest's entry about the server cannot be read", e);
    }
  }

  private void write(Entry entry) throws IOException, KeyChestException {
    chest.write(Entries.share(folder.readWraps().folder()), Json.encode(entry));
  }
}
