package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who has everything of a server that is not running: its folder with the master key, or
 * the role that owns the tables. What the database would refuse is taken out of the way first, and
 * put back after.
 */
public final class Administrator {
  private final Stored stored;
  private final Path data;
  private final UUID tenant;

  public Administrator(Stored stored, Path data, UUID tenant) {
    this.stored = stored;
    this.data = data;
    this.tenant = tenant;
  }

  /** What is done to the tenant's tables. */
  @FunctionalInterface
  public interface Deed {
    void on(Db db) throws SQLException;
  }

  public void does(Deed deed) throws Exception {
    switch (stored) {
      case IN_FILES -> inFile(deed);
      case IN_POSTGRES -> inPostgres(deed);
      default -> throw new AssertionError(stored);
    }
  }

  private void inFile(Deed deed) throws Exception {
    SecureRandom random = new SecureRandom();
    try (DataFolder folder = DataFolder.take(data);
        Secret master = MasterKey.load(folder, null, random);
        ControlFile control = ControlFile.open(folder, master, random, Clock.systemUTC())) {
      ControlFile.TenantKeys keys = control.keys(tenant);
      Path file = folder.tenantFile(tenant.toString());
      try (Db db = new Db(SqlCipher.openWriter(file, keys.fileKey()))) {
        List<String> made = new ArrayList<>();
        db.each(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
            row -> made.add(row.text(1) + "\n" + row.text(2)));
        for (String trigger : made) {
          db.execute("DROP TRIGGER " + trigger.lines().findFirst().orElseThrow());
        }
        deed.on(db);
        for (String trigger : made) {
          db.execute(trigger.substring(trigger.indexOf('\n') + 1));
        }
      } finally {
        keys.close();
      }
    }
  }

  private void inPostgres(Deed deed) throws Exception {
    try (Connection connection = TestPostgres.connect("postgres");
        Db db = new Db(connection)) {
      connection.setAutoCommit(false);
      db.execute("SET LOCAL ROLE countersign_owner");
      db.first("SELECT set_config('app.tenant', ?, true)", row -> row.text(1), tenant.toString());
      List<String[]> made =
          db.list(
              "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
                  + " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
                  + " AND t.tgparentid = 0"
                  + " AND c.relnamespace = 'countersign'::regnamespace",
              row -> new String[] {row.text(1), row.text(2), row.text(3)});
      for (String[] trigger : made) {
        db.execute("DROP TRIGGER " + trigger[0] + " ON " + trigger[1]);
      }
      deed.on(db);
      for (String[] trigger : made) {
        db.execute(trigger[2]);
      }
      connection.commit();
    }
  }
}
