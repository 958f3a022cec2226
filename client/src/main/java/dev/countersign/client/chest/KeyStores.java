package dev.countersign.client.chest;

import dev.countersign.client.keys.BoundedChest;
import dev.countersign.client.keys.FileKeyChest;
import dev.countersign.client.keys.KeyChest;
import dev.countersign.client.keys.KeyChestException;
import dev.countersign.client.keys.KeyChestException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The key stores that this machine may have, and which one a folder's secrets lie in. A new folder
 * takes the system's where it works and files where it does not; from then on the folder remembers,
 * and a store that has gone missing is an answer, never an empty one in its place.
 */
public final class KeyStores {
  private final KeyChest system;
  private final FileKeyChest files;
  private final Duration patience;

  /** What a person asked for on the command line. */
  public enum Wish {
    /** What the folder remembers; for a new one the system's, else files. */
    USUAL,
    /** The system's, and no other. */
    SYSTEM,
    /** Files, although they are weaker. */
    FILE
  }

  /**
   * @param system the system's own
   * @param patience how long it may take to say whether it works
   */
  public KeyStores(KeyChest system, FileKeyChest files, Duration patience) {
    this.system = system;
    this.files = files;
    this.patience = patience;
  }

  /**
   * Those of the system that this program runs on.
   *
   * @param directory for files
   */
  public static KeyStores ofThisMachine(Path directory) {
    FileKeyChest files = new FileKeyChest(directory);
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    KeyChest system;
    if (name.startsWith("windows")) {
      system =
          new SealedFileChest(
              "dpapi", "Windows' data protection for this login", files, new Dpapi());
    } else if (name.startsWith("mac")) {
      system = new LazyChest(KeychainChest.KIND, KeychainChest::ofThisMachine);
    } else {
      system = new SecretServiceChest(null);
    }
    return new KeyStores(system, files, BoundedChest.PATIENCE);
  }

  /**
   * The chest to use; takes as long as the system's store takes to answer, at most the patience.
   *
   * @param remembered the kind that the folder's secrets were put into, or empty for a new folder
   */
  public KeyChest choose(Wish wish, Optional<String> remembered) {
    return switch (wish) {
      case FILE -> files;
      case SYSTEM -> system;
      case USUAL ->
          remembered
              .map(kind -> kind.equals(files.kind()) ? files : known(kind))
              .orElseGet(() -> fault().isEmpty() ? system : files);
    };
  }

  /**
   * Why the system's key store cannot be used, or empty when it can: a value is put in and taken
   * out.
   */
  public Optional<KeyChestException> fault() {
    KeyChest bounded = new BoundedChest(system, patience);
    String name = "countersign.probe." + UUID.randomUUID();
    byte[] value = name.getBytes(StandardCharsets.UTF_8);
    try {
      bounded.write(name, value);
      Optional<byte[]> back = bounded.read(name);
      bounded.remove(name);
      return back.filter(it -> Arrays.equals(it, value)).isPresent()
          ? Optional.empty()
          : Optional.of(
              new KeyChestException(Reason.MISSING, system.title() + " keeps nothing", null));
    } catch (KeyChestException e) {
      return Optional.of(e);
    }
  }

  private KeyChest known(String kind) {
    return kind.equals(system.kind())
        ? system
        : new LazyChest(
            kind,
            () -> {
              throw new UnsatisfiedLinkError("the key store " + kind + " is not on this system");
            });
  }

  /** A chest whose library is loaded when it is first asked, so that a missing one is an answer. */
  private record LazyChest(String kind, Supplier<KeyChest> made) implements KeyChest {
    @Override
    public String title() {
      return "The key store of this system (" + kind + ")";
    }

    @Override
    public boolean isWeaker() {
      return false;
    }

    @Override
    public Optional<byte[]> read(String name) throws KeyChestException {
      return chest().read(name);
    }

    @Override
    public void write(String name, byte[] value) throws KeyChestException {
      chest().write(name, value);
    }

    @Override
    public void remove(String name) throws KeyChestException {
      chest().remove(name);
    }

    private KeyChest chest() throws KeyChestException {
      try {
        return made.get();
      } catch (LinkageError e) {
        throw new KeyChestException(Reason.MISSING, title() + " is missing", e);
      }
    }
  }
}
