package dev.countersign.client.store;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.keys.FolderKeys;
import dev.countersign.client.keys.StoreKeys;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gives a closed store another key. Everything is copied into a new file, that file is looked
 * through, and only then takes the place of the old one; the old one is never written to. Both keys
 * are written down before the first page is copied, so that after a power cut at any step the store
 * opens, as the old one or as the new one, whole.
 */
public final class StoreRekeying {
  private final DeviceFolder folder;
  private final StoreKeys storeKeys;
  private final Consumer<Step> passing;

  /** Between any two of these the plug may be pulled. */
  public enum Step {
    ANNOUNCED,
    COPIED,
    ENCRYPTED,
    VERIFIED,
    REPLACED,
    SETTLED
  }

  /**
   * @param passing told after each step
   */
  public StoreRekeying(DeviceFolder folder, StoreKeys storeKeys, Consumer<Step> passing) {
    this.folder = folder;
    this.storeKeys = storeKeys;
    this.passing = passing;
  }

  /**
   * Changes the key; takes about as long as copying the file.
   *
   * @param keys stay the caller's, and the database key in them opens nothing afterwards
   * @return the new database key; the caller closes it
   * @throws StoreException when it could not be done: the store is under the old key then
   */
  public Secret run(FolderKeys keys) {
    try (DeviceFolder.Held _ =
        folder
            .tryHold()
            .orElseThrow(() -> new StoreException(new StoreFault.AlreadyOpen(), null))) {
      folder.removeUnfinishedStore();
      Secret next = storeKeys.announce(keys);
      passing.accept(Step.ANNOUNCED);
      try {
        replace(keys.database(), next);
        storeKeys.settle(next);
        passing.accept(Step.SETTLED);
        return next;
      } catch (IOException | SQLException | RuntimeException e) {
        next.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(new StoreFault.ReadOnly(), e);
    } catch (SQLException e) {
      throw new StoreException(StoreFaults.of(e), e);
    }
  }

  private void replace(Secret old, Secret next) throws IOException, SQLException {
    Map<String, String> content = copy(old);
    passing.accept(Step.COPIED);
    SqlCipher.changeKeyOfCopy(folder.unfinishedStoreFile(), old, next);
    passing.accept(Step.ENCRYPTED);
    verify(next, content);
    passing.accept(Step.VERIFIED);
    folder.replaceStore();
    passing.accept(Step.REPLACED);
  }

  /** What is in the log beside the file goes into it first, so that the file is the whole store. */
  private Map<String, String> copy(Secret old) throws IOException, SQLException {
    folder.createUnfinishedStoreFile();
    try (Db db = new Db(SqlCipher.openWriter(folder.storeFile(), old))) {
      requireWhole(db);
      db.update("VACUUM INTO ?", folder.unfinishedStoreFile().toString());
      db.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.integer(1));
      return content(db);
    }
  }

  private void verify(Secret next, Map<String, String> content) throws SQLException {
    try (Db db = new Db(SqlCipher.openReader(folder.unfinishedStoreFile(), next))) {
      requireWhole(db);
      if (!content(db).equals(content)) {
        throw new SQLException("the copy of the store differs from the store");
      }
    }
  }

  private static void requireWhole(Db db) throws SQLException {
    // Reads every page, and a page under another key or with a flipped bit does not authenticate.
    String verdict = db.first("PRAGMA integrity_check(1)", row -> row.text(1)).orElse("no answer");
    if (!verdict.equals("ok")) {
      throw new SQLException("the store is damaged: " + verdict);
    }
  }

  /** The definition and the number of rows of every table and index. */
  private static Map<String, String> content(Db db) throws SQLException {
    Map<String, String> content = new TreeMap<>();
    db.each(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY name",
        row -> content.put(row.text(1) + " " + row.text(2), row.text(3)));
    content.put("version", String.valueOf(db.first("PRAGMA user_version", row -> row.integer(1))));
    for (String table :
        db.list(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE"
                + " VIRTUAL%'",
            row -> row.text(1))) {
      String quoted = '"' + table.replace("\"", "\"\"") + '"';
      content.put(
          "rows of " + table,
          String.valueOf(db.first("SELECT count(*) FROM " + quoted, row -> row.integer(1))));
    }
    return content;
  }
}
