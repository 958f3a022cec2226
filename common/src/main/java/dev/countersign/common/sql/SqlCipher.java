package dev.countersign.common.sql;

import dev.countersign.common.crypto.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import org.sqlite.mc.SQLiteMCSqlCipherConfig;

/**
 * Opens SQLite files in the SQLCipher 4 format under a raw 32-byte key.
 *
 * <p>The SQLite inside predates the fix of the WAL-reset race (3.51.3), so the race is designed
 * out: exactly one connection of a file writes and checkpoints, readers are {@code query_only} and
 * never checkpoint, and one process holds a file at a time (its owner holds a lock file).
 */
public final class SqlCipher {
  private SqlCipher() {}

  /**
   * The one connection that writes: WAL, every commit synced to the disk.
   *
   * @throws SQLException with {@code SQLITE_NOTADB} when the key is wrong or the first page damaged
   */
  public static Connection openWriter(Path file, Secret key) throws SQLException {
    Connection connection = open(file, key);
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA journal_mode = WAL");
      pragma.execute("PRAGMA synchronous = FULL");
      pragma.execute("PRAGMA foreign_keys = ON");
      pragma.execute("PRAGMA temp_store = MEMORY");
      pragma.execute("PRAGMA secure_delete = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection that can only read and never checkpoints; close it before the writer. */
  public static Connection openReader(Path file, Secret key) throws SQLException {
    Connection connection = open(file, key);
    try (Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA wal_autocheckpoint = 0");
      pragma.execute("PRAGMA temp_store = MEMORY");
      pragma.execute("PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Encrypts every page of a file under another key, in place. For a copy that can be thrown away
   * when the plug is pulled meanwhile, never for the only file; nobody may have it open.
   *
   * @throws SQLException with {@code SQLITE_NOTADB} when the old key is wrong
   */
  public static void changeKeyOfCopy(Path copy, Secret old, Secret next) throws SQLException {
    try (Connection connection = open(copy, old);
        Statement pragma = connection.createStatement()) {
      pragma.execute("PRAGMA journal_mode = DELETE");
      pragma.execute("PRAGMA rekey = \"x'" + HexFormat.of().formatHex(next.bytes()) + "'\"");
    }
  }

  private static Connection open(Path file, Secret key) throws SQLException {
    byte[] raw = key.bytes();
    Properties properties =
        SQLiteMCSqlCipherConfig.getV4Defaults().withRawUnsaltedKey(raw).build().toProperties();
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    try (Statement probe = connection.createStatement()) {
      probe.execute("PRAGMA busy_timeout = 5000");
      // The key is first tried when a page is read.
      probe.executeQuery("SELECT count(*) FROM sqlite_schema").close();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
