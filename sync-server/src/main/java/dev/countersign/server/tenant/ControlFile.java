package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.Row;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is kept beside the tenants' own, in one file or in PostgreSQL: which tenants there are,
 * their keys sealed under the master key, the server's signing key, which tenant a device or an
 * enrolment code belongs to, and counts of wrong tries. It holds nothing of what a tenant does.
 * Safe for any thread.
 */
public final class ControlFile implements AutoCloseable {
  private static final Migrations MIGRATIONS =
      new Migrations(
          List.of(
              """
              CREATE TABLE tenant (
                id BLOB PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                currency TEXT NOT NULL,
                environment TEXT NOT NULL,
                wrapped_key BLOB NOT NULL,
                wrapped_log_seed BLOB NOT NULL,
                created INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE device_index (device BLOB PRIMARY KEY, tenant BLOB NOT NULL) STRICT
              ;
              CREATE TABLE code_index (
                code TEXT PRIMARY KEY,
                tenant BLOB NOT NULL,
                expires INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE server_key (
                only INTEGER PRIMARY KEY CHECK (only = 1),
                wrapped_seed BLOB NOT NULL
              ) STRICT
              ;
              CREATE TABLE guess_count (
                subject BLOB PRIMARY KEY,
                failures INTEGER NOT NULL,
                last INTEGER NOT NULL,
                not_before INTEGER NOT NULL
              ) STRICT
              ;
              CREATE TABLE used_challenge (challenge BLOB PRIMARY KEY, expires INTEGER NOT NULL) STRICT
              ;
              CREATE TABLE departure (
                tenant BLOB PRIMARY KEY,
                destination TEXT NOT NULL,
                done INTEGER NOT NULL
              ) STRICT\
              """));

  private final ControlData data;
  private final Secret wrappingKey;
  private final SecureRandom random;
  private final SigningKey serverKey;

  private ControlFile(
      ControlData data, Secret wrappingKey, SecureRandom random, Supplier<SigningKey> first)
      throws SQLException, IOException {
    this.data = data;
    this.wrappingKey = wrappingKey;
    this.random = random;
    this.serverKey = loadServerKey(first);
  }

  /**
   * Opens the file, making it when the folder is new.
   *
   * @throws MasterKey.UnusableException when the file does not open under this master key
   */
  public static ControlFile open(DataFolder folder, Secret masterKey, SecureRandom random)
      throws IOException, SQLException {
    PrivateFiles.createFile(folder.controlFile());
    Db db = null;
    try (Secret fileKey = Hkdf.expand(masterKey, label("control file"), Sealing.KEY_LENGTH)) {
      db = new Db(SqlCipher.openWriter(folder.controlFile(), fileKey));
      MIGRATIONS.apply(db);
      return over(new LockedFile(db), masterKey, random);
    } catch (SQLException | IOException | RuntimeException e) {
      if (db != null) {
        db.close();
      }
      if (e instanceof SQLException sql && SqlFaults.of(sql) == SqlFaults.Fault.NOT_A_DATABASE) {
        throw new MasterKey.UnusableException(
            folder.controlFile() + " does not open with this master key, or it is damaged.");
      }
      throw e;
    }
  }

  /**
   * The control data that lies elsewhere, in tables of the same names and columns.
   *
   * @throws MasterKey.UnusableException when the server's key does not open under this master key
   */
  public static ControlFile over(ControlData data, Secret masterKey, SecureRandom random)
      throws IOException, SQLException {
    return over(data, masterKey, random, () -> SigningKey.generate(random));
  }

  /**
   * The same; where no server has signed yet, its key is the first one.
   *
   * @param first gives that key; it is closed here
   */
  public static ControlFile over(
      ControlData data, Secret masterKey, SecureRandom random, Supplier<SigningKey> first)
      throws IOException, SQLException {
    Secret wrappingKey = Hkdf.expand(masterKey, label("wrapping key"), Sealing.KEY_LENGTH);
    try {
      return new ControlFile(data, wrappingKey, random, first);
    } catch (SQLException | IOException | RuntimeException e) {
      wrappingKey.close();
      throw e;
    }
  }

  /** Some statements on what is kept beside the tenants' own, all or none of them. */
  public <T> T run(ControlData.Step<T> step) throws SQLException {
    return data.run(step);
  }

  /**
   * A key for one purpose, the same in every server that has this master key; whoever asks closes
   * it.
   */
  public Secret secretFor(String purpose) {
    return Hkdf.expand(wrappingKey, label("secret for " + purpose), Sealing.KEY_LENGTH);
  }

  /** Signs device certificates and acknowledgements. */
  public SigningKey serverKey() {
    return serverKey;
  }

  /** The keys of a tenant; whoever asks closes them. */
  record TenantKeys(Secret fileKey, SigningKey logKey, Secret sealingKey) {
    static TenantKeys of(Secret fileKey, SigningKey logKey) {
      return new TenantKeys(
          fileKey, logKey, Hkdf.expand(fileKey, label("tenant sealing key"), Sealing.KEY_LENGTH));
    }

    void close() {
      fileKey.close();
      logKey.close();
      sealingKey.close();
    }
  }

  void addTenant(Tenant tenant, Secret fileKey, SigningKey logKey) throws SQLException {
    data.run(db -> addTenant(db, tenant, fileKey, logKey));
  }

  int addTenant(Db db, Tenant tenant, Secret fileKey, SigningKey logKey) throws SQLException {
    try (Secret seed = logKey.seed()) {
      return db.update(
          "INSERT INTO tenant VALUES (?, ?, ?, ?, ?, ?, ?)",
          tenant.id(),
          tenant.name(),
          tenant.currency(),
          tenant.environment(),
          wrap(fileKey, "tenant file", tenant.id().toString()),
          wrap(seed, "tenant log", tenant.id().toString()),
          tenant.created());
    }
  }

  List<Tenant> tenants() throws SQLException {
    return data.run(
        db ->
            db.list(
                "SELECT id, name, currency, environment, created FROM tenant ORDER BY name",
                ControlFile::tenant));
  }

  Optional<Tenant> tenant(UUID id) throws SQLException {
    return data.run(
        db ->
            db.first(
                "SELECT id, name, currency, environment, created FROM tenant WHERE id = ?",
                ControlFile::tenant,
                id));
  }

  TenantKeys keys(UUID tenant) throws SQLException, IOException {
    byte[][] wrapped =
        data.run(
            db ->
                db.first(
                        "SELECT wrapped_key, wrapped_log_seed FROM tenant WHERE id = ?",
                        row -> new byte[][] {row.bytes(1), row.bytes(2)},
                        tenant)
                    .orElseThrow(UnknownTenantException::new));
    Secret fileKey = unwrap(wrapped[0], "tenant file", tenant.toString());
    try (Secret seed = unwrap(wrapped[1], "tenant log", tenant.toString())) {
      return TenantKeys.of(fileKey, SigningKey.fromSeed(seed.bytes()));
    }
  }

  /** Which tenant a device was enrolled for. */
  public Optional<UUID> tenantOfDevice(UUID device) throws SQLException {
    return data.run(
        db ->
            db.first(
                "SELECT tenant FROM device_index WHERE device = ?", row -> row.uuid(1), device));
  }

  /**
   * Notes the tenant of a device. It is written before the device itself: an id without a device
   * says nothing, a device without an index could never be found.
   */
  public void indexDevice(UUID device, UUID tenant) throws SQLException {
    data.run(db -> db.update("INSERT INTO device_index VALUES (?, ?)", device, tenant));
  }

  /** Which tenant an enrolment code was made for. */
  public Optional<UUID> tenantOfCode(String code) throws SQLException {
    return data.run(
        db -> db.first("SELECT tenant FROM code_index WHERE code = ?", row -> row.uuid(1), code));
  }

  /** Notes the tenant of a code, and forgets codes that ended before {@code now}. */
  public void indexCode(String code, UUID tenant, java.time.Instant expires, java.time.Instant now)
      throws SQLException {
    data.run(
        db -> {
          db.update("DELETE FROM code_index WHERE expires < ?", now);
          return db.update("INSERT INTO code_index VALUES (?, ?, ?)", code, tenant, expires);
        });
  }

  @Override
  public void close() throws SQLException {
    serverKey.close();
    wrappingKey.close();
    data.close();
  }

  private SigningKey loadServerKey(Supplier<SigningKey> first) throws SQLException, IOException {
    byte[] wrapped =
        data.run(
            db -> {
              Optional<byte[]> standing =
                  db.first("SELECT wrapped_seed FROM server_key", row -> row.bytes(1));
              if (standing.isPresent()) {
                return standing.get();
              }
              try (SigningKey fresh = first.get();
                  Secret seed = fresh.seed()) {
                byte[] made = wrap(seed, "server key", "server");
                db.update("INSERT INTO server_key VALUES (1, ?)", made);
                return made;
              }
            });
    try (Secret seed = unwrap(wrapped, "server key", "server")) {
      return SigningKey.fromSeed(seed.bytes());
    }
  }

  private byte[] wrap(Secret secret, String purpose, String owner) {
    return Sealing.seal(wrappingKey, secret.bytes(), label(purpose + " " + owner), random);
  }

  private Secret unwrap(byte[] wrapped, String purpose, String owner) throws IOException {
    try {
      return Secret.of(Sealing.open(wrappingKey, wrapped, label(purpose + " " + owner)));
    } catch (WrongKeyException _) {
      throw new MasterKey.UnusableException(
          "A key in the control file does not open with this master key.");
    }
  }

  private static byte[] label(String purpose) {
    return ("countersign server v1 " + purpose).getBytes(StandardCharsets.UTF_8);
  }

  private static Tenant tenant(Row row) throws SQLException {
    return new Tenant(row.uuid(1), row.text(2), row.text(3), row.text(4), row.instant(5));
  }

  /** The file's one connection, used by one thread after the other. */
  private static final class LockedFile implements ControlData {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Db db;

    LockedFile(Db db) {
      this.db = db;
    }

    @Override
    public <T> T run(Step<T> step) throws SQLException {
      lock.lock();
      try {
        return db.<T, SQLException>transaction(() -> step.run(db));
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws SQLException {
      lock.lock();
      try {
        db.close();
      } finally {
        lock.unlock();
      }
    }
  }
}
