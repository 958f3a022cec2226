package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.SealedBox;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.Succession;
import dev.countersign.common.protocol.Succession.Kind;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Row;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside the tenants' own, in one file or in PostgreSQL: which tenants there are,
 * their keys sealed under the master key, the server's signing key, which tenant a device or an
 * enrolment code belongs to, and counts of wrong tries. It holds nothing of what a tenant does.
 * Safe for any thread.
 */
public final class ControlFile implements AutoCloseable {
  private final ControlData data;
  private final Secret wrappingKey;
  private final SecureRandom random;
  private final InstantSource clock;
  private final List<SigningKey> formerServerKeys = new CopyOnWriteArrayList<>();
  private volatile SigningKey serverKey;

  private ControlFile(
      ControlData data,
      Secret wrappingKey,
      SecureRandom random,
      InstantSource clock,
      Supplier<SigningKey> first)
      throws SQLException, IOException {
    this.data = data;
    this.wrappingKey = wrappingKey;
    this.random = random;
    this.clock = clock;
    this.serverKey = loadServerKey(first);
  }

  /**
   * Opens the file, making it when the folder is new.
   *
   * @throws MasterKey.UnusableException when the file does not open under this master key
   */
  public static ControlFile open(
      DataFolder folder, Secret masterKey, SecureRandom random, InstantSource clock)
      throws IOException, SQLException {
    PrivateFiles.createFile(folder.controlFile());
    Db db = null;
    try (Secret fileKey = fileKey(masterKey)) {
      db = new Db(SqlCipher.openWriter(folder.controlFile(), fileKey));
      ControlSchema.MIGRATIONS.apply(db);
      return over(new LockedFile(db), masterKey, random, clock);
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
  public static ControlFile over(
      ControlData data, Secret masterKey, SecureRandom random, InstantSource clock)
      throws IOException, SQLException {
    return over(data, masterKey, random, clock, () -> SigningKey.generate(random));
  }

  /**
   * The same; where no server has signed yet, its key is the first one.
   *
   * @param first gives that key; it is closed here
   */
  public static ControlFile over(
      ControlData data,
      Secret masterKey,
      SecureRandom random,
      InstantSource clock,
      Supplier<SigningKey> first)
      throws IOException, SQLException {
    Secret wrappingKey = wrappingKey(masterKey);
    try {
      return new ControlFile(data, wrappingKey, random, clock, first);
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

  /** Which key the server signs with, and since when. */
  public KeyHistory.Entry serverKeyInUse() throws SQLException {
    return data.run(db -> KeyHistory.newest(db, Kind.SERVER, Succession.SERVER)).orElseThrow();
  }

  /** The statements by which a key gave way to the next, oldest first. */
  public List<byte[]> successions(Kind kind, String owner) throws SQLException {
    return data.run(db -> KeyHistory.statements(db, kind, owner));
  }

  /**
   * Gives the server a new signing key, in one step with the statement of the one before. That one
   * is gone afterwards.
   *
   * @param pin of the certificate that goes with it; null when that stays
   */
  public synchronized void rotateServerKey(Instant now, @Nullable String pin)
      throws SQLException, IOException {
    SigningKey next = SigningKey.generate(random);
    data.run(
        db -> {
          KeyHistory.succeed(db, Kind.SERVER, Succession.SERVER, serverKey, next, now, pin);
          try (Secret seed = next.seed()) {
            return db.update(
                "UPDATE server_key SET wrapped_seed = ?", wrap(seed, "server key", "server"));
          }
        });
    // Whoever signs at this moment still has the one before.
    formerServerKeys.add(serverKey);
    serverKey = next;
  }

  /** The same for a tenant's log; whoever works with its keys loads them anew. */
  void rotateLogKey(UUID tenant, SigningKey current, Instant now) throws SQLException {
    String owner = tenant.toString();
    try (SigningKey next = SigningKey.generate(random);
        Secret seed = next.seed()) {
      data.run(
          db -> {
            if (KeyHistory.newest(db, Kind.LOG, owner).isEmpty()) {
              KeyHistory.begin(db, Kind.LOG, owner, current.verifyKey(), now);
            }
            KeyHistory.succeed(db, Kind.LOG, owner, current, next, now, null);
            return db.update(
                "UPDATE tenant SET wrapped_log_seed = ? WHERE id = ?",
                wrap(seed, "tenant log", owner),
                tenant);
          });
    }
  }

  /** Signs device certificates and acknowledgements. */
  public SigningKey serverKey() {
    return serverKey;
  }

  /** What the data are for; empty until it was said. */
  public Optional<Environment> environment() throws SQLException {
    return data.run(db -> db.first("SELECT environment FROM installation", row -> row.text(1)))
        .flatMap(Environment::named);
  }

  /**
   * Says what the data are for, once and for ever.
   *
   * @throws OtherEnvironmentException when they are for something else
   */
  public void settle(Environment environment) throws SQLException {
    data.run(db -> settle(db, environment));
  }

  private static Environment settle(Db db, Environment environment) throws SQLException {
    Optional<String> said = db.first("SELECT environment FROM installation", row -> row.text(1));
    if (said.isEmpty()) {
      db.update("INSERT INTO installation VALUES (1, ?)", environment.word());
      return environment;
    }
    Environment standing =
        Environment.named(said.get())
            .orElseThrow(() -> new SQLException("data of an unknown environment"));
    if (standing != environment) {
      throw new OtherEnvironmentException(standing, environment);
    }
    return standing;
  }

  /** The keys of a tenant; whoever asks closes them. */
  record TenantKeys(Secret fileKey, SigningKey logKey, Secret sealingKey, Secret wipeKey) {
    static TenantKeys of(Secret fileKey, SigningKey logKey) {
      return new TenantKeys(
          fileKey,
          logKey,
          Hkdf.expand(fileKey, label("tenant sealing key"), Sealing.KEY_LENGTH),
          Hkdf.expand(fileKey, label("tenant wipe key"), SealedBox.KEY_LENGTH));
    }

    void close() {
      wipeKey.close();
      fileKey.close();
      logKey.close();
      sealingKey.close();
    }
  }

  void addTenant(Tenant tenant, Secret fileKey, SigningKey logKey) throws SQLException {
    data.run(db -> addTenant(db, tenant, fileKey, logKey));
  }

  /**
   * Notes a tenant with its keys.
   *
   * @throws OtherEnvironmentException when the tenant is of another environment than the data
   */
  int addTenant(Db db, Tenant tenant, Secret fileKey, SigningKey logKey) throws SQLException {
    settle(db, tenant.environment());
    try (Secret seed = logKey.seed()) {
      return db.update(
          "INSERT INTO tenant VALUES (?, ?, ?, ?, ?, ?, ?)",
          tenant.id(),
          tenant.name(),
          tenant.currency(),
          tenant.environment().word(),
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
  public void indexCode(String code, UUID tenant, Instant expires, Instant now)
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
    formerServerKeys.forEach(SigningKey::close);
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
                KeyHistory.begin(
                    db, Kind.SERVER, Succession.SERVER, fresh.verifyKey(), clock.instant());
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

  static Secret fileKey(Secret masterKey) {
    return Hkdf.expand(masterKey, label("control file"), Sealing.KEY_LENGTH);
  }

  static Secret wrappingKey(Secret masterKey) {
    return Hkdf.expand(masterKey, label("wrapping key"), Sealing.KEY_LENGTH);
  }

  /** What a key in this column is sealed for. */
  static byte[] sealedFor(String table, String column, String owner) {
    String purpose =
        switch (table + "." + column) {
          case "tenant.wrapped_key" -> "tenant file";
          case "tenant.wrapped_log_seed" -> "tenant log";
          case "server_key.wrapped_seed" -> "server key";
          default -> throw new IllegalStateException("nobody knows the keys in " + table);
        };
    return label(purpose + " " + owner);
  }

  private static byte[] label(String purpose) {
    return ("countersign server v1 " + purpose).getBytes(StandardCharsets.UTF_8);
  }

  private static Tenant tenant(Row row) throws SQLException {
    Environment environment =
        Environment.named(row.text(4))
            .orElseThrow(() -> new SQLException("a tenant of an unknown environment"));
    return new Tenant(row.uuid(1), row.text(2), row.text(3), environment, row.instant(5));
  }
}
