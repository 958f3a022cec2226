package dev.countersign.server.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a server, held by one process at a time: an SQLite file that two processes write
 * would be lost one day. The lock is the system's and goes with the process, however it ends.
 */
public final class DataFolder implements AutoCloseable {
  private final Path root;
  private final @Nullable FileChannel channel;

  private DataFolder(Path root, @Nullable FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Another process holds the folder. */
  public static final class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    BusyException(Path root) {
      super("The data folder " + root + " is in use by another running server or command.");
    }
  }

  /**
   * Takes the folder, making it when it is not there.
   *
   * @throws BusyException when another process, or this one, holds it already
   */
  public static DataFolder take(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    PrivateFiles.createFolder(absolute);
    PrivateFiles.createFolder(absolute.resolve("tenants"));
    FileChannel channel =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataFolder(absolute, channel);
      }
    } catch (OverlappingFileLockException _) {
      // this very process holds it: the same answer
    }
    channel.close();
    throw new BusyException(absolute);
  }

  /**
   * A folder that another process may hold, for who only reads what stands beside its data, such as
   * the address of a PostgreSQL that several servers share.
   */
  public static DataFolder visit(Path root) {
    return new DataFolder(root.toAbsolutePath().normalize(), null);
  }

  public Path root() {
    return root;
  }

  /** The master key, hexadecimal. */
  public Path masterKey() {
    return root.resolve("master.key");
  }

  /** Tenants, wrapped keys and the two indexes. */
  public Path controlFile() {
    return root.resolve("control.db");
  }

  /** Certificate and private key of the TLS edge. */
  public Path tls() {
    return root.resolve("tls.pem");
  }

  /** Names the PostgreSQL that tenants are kept in, where that is so. */
  public Path postgres() {
    return root.resolve("postgres.properties");
  }

  /** How commands reach the server that runs on this folder. */
  public static Path adminFile(Path root) {
    return root.toAbsolutePath().normalize().resolve("admin.json");
  }

  public Path tenantFile(String tenant) {
    return root.resolve("tenants").resolve(tenant + ".db");
  }

  /** True when there is a server's data in the folder already. */
  public boolean isSetUp() {
    return Files.exists(controlFile());
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
