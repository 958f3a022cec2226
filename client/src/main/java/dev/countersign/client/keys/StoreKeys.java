package dev.countersign.client.keys;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The second level of a folder's keys, in {@code key.json}: the database key, sealed under
 * HKDF(inner key ‖ the server's share, or nothing). So the database can get another key, and the
 * share can be asked for or no longer, without anybody's PIN. Each change is one file replaced
 * durably: after a power cut it is the old one or the new one.
 *
 * <p>Safe for several threads as far as the file goes; changes belong to whoever holds the folder.
 */
public final class StoreKeys {
  private static final int KEY = 32;
  private static final String KEY_CHECK = "countersign key check v1\n";

  private final DeviceFolder folder;
  private final InstantSource clock;
  private final SecureRandom random;

  StoreKeys(DeviceFolder folder, InstantSource clock, SecureRandom random) {
    this.folder = folder;
    this.clock = clock;
    this.random = random;
  }

  /**
   * One sealed database key.
   *
   * @param check a hash of the key, so that a wrong key and a damaged file can be told apart; it
   *     says nothing about a key of 32 random bytes
   * @param made when the key was made
   */
  record Sealed(String check, Instant made, byte[] sealed) {}

  /**
   * The content of {@code key.json}.
   *
   * @param shared true when the server's share is needed to open it
   * @param next the key that is taking the place of the current one, or null; which of the two the
   *     store is under is tried when it is opened next
   */
  record KeyFile(UUID folder, boolean shared, Sealed current, @Nullable Sealed next) {}

  /** What came of opening {@code key.json}. */
  public sealed interface Opening {
    /**
     * The database key.
     *
     * @param next the key that was taking its place when the plug was pulled; the receiver closes
     *     both
     */
    record Open(Secret current, @Nullable Secret next) implements Opening, AutoCloseable {
      @Override
      public void close() {
        current.close();
        if (next != null) {
          next.close();
        }
      }
    }

    /** It is sealed with the server's share as well, and none was given. */
    record ShareNeeded() implements Opening {}

    /** The file is lost or changed, or the share is another one. */
    record Damaged(String reason) implements Opening {}
  }

  /** Makes a fresh database key; {@code key.json} of another folder is overwritten. */
  Secret create(UUID folderId, Secret inner) throws IOException {
    Secret key = Secret.random(KEY, random);
    write(new KeyFile(folderId, false, seal(folderId, inner, null, key), null));
    return key;
  }

  /** Opens what is sealed; the secrets given stay the caller's. */
  public Opening open(Secret inner, @Nullable Secret share) {
    try {
      KeyFile file = read();
      if (file.shared() && share == null) {
        return new Opening.ShareNeeded();
      }
      Secret half = file.shared() ? share : null;
      Secret current = unseal(file.folder(), inner, half, file.current());
      try {
        Sealed next = file.next();
        return new Opening.Open(
            current, next == null ? null : unseal(file.folder(), inner, half, next));
      } catch (WrongKeyException e) {
        current.close();
        throw e;
      }
    } catch (IOException | WrongKeyException e) {
      return new Opening.Damaged(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the server's share is needed to open the store. */
  public boolean isShared() throws IOException {
    return read().shared();
  }

  /** When the database got its present key. */
  public Instant made() throws IOException {
    return read().current().made();
  }

  /**
   * Seals the same database key anew, with the server's share or without one; what the keys say of
   * a share does not matter.
   *
   * @throws IllegalArgumentException when the key is not this folder's
   * @throws IOException also while a change of the key is not settled
   */
  public void reseal(FolderKeys keys, @Nullable Secret share) throws IOException {
    KeyFile file = settled();
    requireKey(file.current(), keys.database());
    Sealed same = seal(file.folder(), keys.inner(), share, keys.database());
    Sealed current = new Sealed(same.check(), file.current().made(), same.sealed());
    write(new KeyFile(file.folder(), share != null, current, null));
  }

  /**
   * The first step of a new database key: it is written down beside the present one before any page
   * is encrypted under it.
   *
   * @return the new key; the caller closes it
   * @throws IOException also while another change is not settled
   */
  public Secret announce(FolderKeys keys) throws IOException {
    KeyFile file = settled();
    requireKey(file.current(), keys.database());
    Secret share = keys.share();
    if (file.shared() != (share != null)) {
      throw new IOException("the share of the key is not at hand");
    }
    Secret key = Secret.random(KEY, random);
    Sealed next = seal(file.folder(), keys.inner(), share, key);
    write(new KeyFile(file.folder(), file.shared(), file.current(), next));
    return key;
  }

  /** The last step: the store is under this key, and the other one is forgotten. */
  public void settle(Secret key) throws IOException {
    KeyFile file = read();
    Sealed next = file.next();
    if (next == null) {
      requireKey(file.current(), key);
      return;
    }
    Sealed kept = next.check().equals(check(key)) ? next : file.current();
    requireKey(kept, key);
    write(new KeyFile(file.folder(), file.shared(), kept, null));
  }

  /**
   * True if this is (one of) the database's key(s); empty when there is nothing to compare with.
   */
  public static Optional<Boolean> isKey(DeviceFolder folder, Secret key) {
    try {
      KeyFile file = read(folder);
      Sealed next = file.next();
      String check = check(key);
      return Optional.of(
          file.current().check().equals(check) || (next != null && next.check().equals(check)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The folder's id as this file has it; empty when there is none. */
  Optional<UUID> folderId() {
    try {
      return Optional.of(read().folder());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Forgets the database key for good. */
  void destroy() throws IOException {
    DurableFiles.remove(file(folder));
  }

  private KeyFile settled() throws IOException {
    KeyFile file = read();
    if (file.next() != null) {
      throw new IOException("a change of the key is not settled");
    }
    return file;
  }

  private static void requireKey(Sealed sealed, Secret key) {
    if (!sealed.check().equals(check(key))) {
      throw new IllegalArgumentException("not the key of this folder");
    }
  }

  private Sealed seal(UUID id, Secret inner, @Nullable Secret share, Secret key) {
    try (Secret over = sealingKey(inner, share)) {
      byte[] sealed = Sealing.seal(over, key.bytes(), info(id, share != null), random);
      return new Sealed(check(key), clock.instant(), sealed);
    }
  }

  private static Secret unseal(UUID id, Secret inner, @Nullable Secret share, Sealed sealed)
      throws WrongKeyException {
    try (Secret over = sealingKey(inner, share)) {
      return Secret.of(Sealing.open(over, sealed.sealed(), info(id, share != null)));
    }
  }

  private static Secret sealingKey(Secret inner, @Nullable Secret share) {
    int more = share == null ? 0 : share.length();
    byte[] joined = Arrays.copyOf(inner.bytes(), inner.length() + more);
    if (share != null) {
      System.arraycopy(share.bytes(), 0, joined, inner.length(), more);
    }
    byte[] label = "countersign database key v1\n".getBytes(StandardCharsets.UTF_8);
    try (Secret material = Secret.of(joined)) {
      return Hkdf.derive(material, new byte[0], label, KEY);
    }
  }

  private static byte[] info(UUID id, boolean shared) {
    return ByteBuffer.allocate(17)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .put((byte) (shared ? 1 : 0))
        .array();
  }

  static String check(Secret key) {
    return Hash.of(KEY_CHECK.getBytes(StandardCharsets.UTF_8), key.bytes()).toHex();
  }

  private KeyFile read() throws IOException {
    return read(folder);
  }

  private static KeyFile read(DeviceFolder folder) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(folder));
    } catch (NoSuchFileException e) {
      throw new IOException("key.json is missing", e);
    }
    try {
      KeyFile file = Json.decode(bytes, KeyFile.class);
      if (file.folder() == null || !whole(file.current()) || !wholeOrNone(file.next())) {
        throw new IOException("key.json lacks a field");
      }
      return file;
    } catch (JacksonException e) {
      throw new IOException("key.json cannot be read", e);
    }
  }

  private static boolean wholeOrNone(@Nullable Sealed sealed) {
    return sealed == null || whole(sealed);
  }

  private static boolean whole(@Nullable Sealed sealed) {
    return sealed != null
        && sealed.check() != null
        && sealed.made() != null
        && sealed.sealed() != null;
  }

  private void write(KeyFile file) throws IOException {
    folder.create();
    DurableFiles.replace(file(folder), Json.encode(file));
  }

  private static Path file(DeviceFolder folder) {
    return folder.path().resolve("key.json");
  }
}
