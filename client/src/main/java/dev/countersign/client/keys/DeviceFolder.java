package dev.countersign.client.keys;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one device: {@code store.db}, {@code wraps.json}, {@code key.json} and lock files.
 * Everything in it may be read by a thief; without the chest it opens nothing.
 */
public final class DeviceFolder {
  private static final String THROW_AWAY = "training-";

  private final Path path;

  public DeviceFolder(Path path) {
    this.path = path;
  }

  /**
   * What the lock screen may show before anybody has unlocked.
   *
   * @param environment {@code production}, {@code staging}, {@code practice} or {@code demo}
   */
  public record Title(String tenant, String store, String register, String environment) {
    public Title {
      tenant = tenant == null ? "" : tenant;
      store = store == null ? "" : store;
      register = register == null ? "" : register;
      environment = environment == null ? "" : environment;
    }
  }

  /**
   * One person's sealed copy of the inner key, with what is needed to try a PIN on it.
   *
   * @param name sealed under the device secret: the lock screen shows it, a copied folder does not
   */
  record Wrap(
      UUID user, byte[] name, byte[] salt, int memoryKiB, int passes, int lanes, byte[] sealed) {}

  /**
   * The content of {@code wraps.json}.
   *
   * @param folder names this device's entries in the chest
   * @param keyCheck a hash of the inner key, so that nobody gets a wrap of another one; it says
   *     nothing about a key of 32 random bytes
   * @param chest which kind of chest the secrets lie in
   * @param former people whose wrap is gone and whose entry may still lie in the chest
   */
  record Wraps(
      UUID folder,
      Title title,
      String chest,
      String keyCheck,
      List<Wrap> wraps,
      List<UUID> former) {
    Wraps {
      chest = chest == null ? "" : chest;
      wraps = wraps == null ? List.of() : List.copyOf(wraps);
      former = former == null ? List.of() : List.copyOf(former);
    }

    Wraps titled(Title other) {
      return new Wraps(folder, other, chest, keyCheck, wraps, former);
    }

    /** With this wrap in place of the person's former one. */
    Wraps with(Wrap wrap) {
      List<Wrap> all = new ArrayList<>(wraps);
      // A new PIN does not move a face on the lock screen: whoever reaches for the old place would
      // spend another person's tries.
      all.replaceAll(each -> each.user().equals(wrap.user()) ? wrap : each);
      if (!all.contains(wrap)) {
        all.add(wrap);
      }
      return new Wraps(folder, title, chest, keyCheck, all, former);
    }

    Wraps without(UUID user) {
      List<Wrap> others = wraps.stream().filter(wrap -> !wrap.user().equals(user)).toList();
      return new Wraps(folder, title, chest, keyCheck, others, former);
    }

    Wraps onlyFormer(List<UUID> people) {
      return new Wraps(folder, title, chest, keyCheck, List.of(), people);
    }

    /** Without this person's wrap, remembering that the chest still counts for them. */
    Wraps destroyed(UUID user) {
      List<UUID> all = Stream.concat(former.stream(), Stream.of(user)).distinct().toList();
      return new Wraps(folder, title, chest, keyCheck, without(user).wraps(), all);
    }

    Optional<Wrap> of(UUID user) {
      return wraps.stream().filter(wrap -> wrap.user().equals(user)).findFirst();
    }
  }

  public Path path() {
    return path;
  }

  /** The encrypted store. */
  public Path storeFile() {
    return path.resolve("store.db");
  }

  /**
   * Makes the store's file, empty and for this user only; the library beneath would let everybody
   * read it, and gives the files beside it the same mode.
   */
  public void createStoreFile() throws IOException {
    create();
    DurableFiles.createPrivateFile(storeFile());
  }

  /** True once somebody has chosen a PIN here. */
  public boolean hasPins() {
    return Files.exists(wrapsFile());
  }

  /**
   * The words for the lock screen.
   *
   * @throws IOException when the folder has no readable list of wraps
   */
  public Title title() throws IOException {
    return readWraps().title();
  }

  /** Which kind of chest the secrets of this folder lie in; empty while it has none. */
  public Optional<String> chestKind() {
    try {
      return Optional.of(readWraps().chest()).filter(kind -> !kind.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Creates the folder, for this user only. */
  public void create() throws IOException {
    DurableFiles.createPrivateDirectory(path);
  }

  /** A folder within this one for a store that is thrown away; nothing is made yet. */
  public DeviceFolder throwAway() {
    return new DeviceFolder(path.resolve(THROW_AWAY + UUID.randomUUID()));
  }

  /** Removes each such folder that nobody holds any more, with what is in it. */
  public void removeThrownAway() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> within = Files.list(path)) {
      all = within.filter(DeviceFolder::isThrowAway).toList();
    }
    for (Path each : all) {
      Optional<Held> held = new DeviceFolder(each).tryHold();
      if (held.isPresent()) {
        held.get().close();
        removeWithContent(each);
      }
    }
  }

  private static boolean isThrowAway(Path within) {
    Path name = within.getFileName();
    return name != null && name.toString().startsWith(THROW_AWAY) && Files.isDirectory(within);
  }

  private static void removeWithContent(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> within = Files.list(directory)) {
      files = within.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  /**
   * Takes the folder for this process, or empty when somebody (this process too) has it already.
   * Released by closing, and by the system when the process dies.
   */
  public Optional<Held> tryHold() throws IOException {
    return hold("lock");
  }

  /** For one PIN attempt at a time over all processes, so that no two count as one. */
  Optional<Held> tryHoldAttempt() throws IOException {
    return hold("attempt.lock");
  }

  /** True if this is a key of the store here; empty when there is nothing to compare with. */
  public Optional<Boolean> isKey(Secret key) {
    return StoreKeys.isKey(this, key);
  }

  /**
   * Deletes the store with everything the library keeps beside it; durable. Nobody may have it
   * open.
   */
  public void removeStore() throws IOException {
    remove(storeFile());
    removeUnfinishedStore();
  }

  /** Where a copy of the store under another key grows before it takes the store's place. */
  public Path unfinishedStoreFile() {
    return path.resolve("store.next.db");
  }

  /** Makes that file, empty and for this user only. */
  public void createUnfinishedStoreFile() throws IOException {
    DurableFiles.createPrivateFile(unfinishedStoreFile());
  }

  /**
   * Puts the finished copy in the store's place, durably. Nobody may have either open.
   *
   * @throws IOException also when something of the old store still lies beside it
   */
  public void replaceStore() throws IOException {
    if (Files.exists(path.resolve("store.db-wal"))) {
      throw new IOException("the store was not closed");
    }
    DurableFiles.moveOver(unfinishedStoreFile(), storeFile());
  }

  /** Deletes what a change of key left behind that did not come to its end. */
  public void removeUnfinishedStore() throws IOException {
    remove(unfinishedStoreFile());
  }

  private static void remove(Path database) throws IOException {
    for (String end : List.of("-wal", "-shm", "-journal", "")) {
      DurableFiles.remove(database.resolveSibling(database.getFileName() + end));
    }
  }

  Wraps readWraps() throws IOException {
    byte[] bytes = Files.readAllBytes(wrapsFile());
    try {
      return WrapsFile.read(bytes);
    } catch (IOException e) {
      throw new IOException("wraps.json cannot be read", e);
    }
  }

  void writeWraps(Wraps wraps) throws IOException {
    create();
    DurableFiles.replace(wrapsFile(), Json.encode(wraps));
  }

  void removeWraps() throws IOException {
    DurableFiles.remove(wrapsFile());
  }

  private Path wrapsFile() {
    return path.resolve("wraps.json");
  }

  private Optional<Held> hold(String name) throws IOException {
    create();
    FileChannel channel =
        FileChannel.open(path.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new Held(channel));
      }
    } catch (OverlappingFileLockException _) {
      // held within this process
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /** A hold on the folder. */
  public static final class Held implements AutoCloseable {
    private final FileChannel channel;

    private Held(FileChannel channel) {
      this.channel = channel;
    }

    /** Lets go; closing twice is fine. */
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
