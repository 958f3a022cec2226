package dev.countersign.server.bench;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.account.AccountSchema;
import dev.countersign.server.account.Rules;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.AuditSchema;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedSchema;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.ingest.Hashed;
import dev.countersign.server.ingest.Ingest;
import dev.countersign.server.ingest.IngestOutcome;
import dev.countersign.server.ingest.IngestSchema;
import dev.countersign.server.ingest.Intake;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.MasterKey;
import dev.countersign.server.tenant.TenantFiles;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.TenantStorage;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server's inside without its network: one tenant, one store, one register, one product. */
final class BenchServer implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.system();

  private static final String TABLES =
      String.join(
          "\n;\n",
          AccountSchema.TABLES,
          AuditSchema.TABLES,
          AuditSchema.OPENINGS,
          AuditSchema.COSIGNATURES,
          IngestSchema.TABLES,
          IngestSchema.EMPTIES,
          FeedSchema.TABLES);

  final UUID tenant = UUID.randomUUID();
  final UUID product = UUID.randomUUID();
  final AuditLog log = new AuditLog();
  private final SecureRandom random = new SecureRandom();
  private final UUID store = UUID.randomUUID();
  private final UUID register = UUID.randomUUID();
  private final UUID cashier = UUID.randomUUID();
  private final ExecutorService signing = Executors.newVirtualThreadPerTaskExecutor();
  private final DataFolder folder;
  private final Secret masterKey;
  private final ControlFile control;
  private final Tenants tenants;
  private final Intake intake;

  /** Where the tenant's data is kept. */
  interface Storage {
    TenantStorage in(DataFolder folder);
  }

  /** Over a file. */
  BenchServer(Path data) throws IOException, SQLException {
    this(data, folder -> new TenantFiles(folder, new Migrations(List.of(TABLES))));
  }

  BenchServer(Path data, Storage storage) throws IOException, SQLException {
    folder = DataFolder.take(data);
    masterKey = MasterKey.load(folder, null, random);
    control = ControlFile.open(folder, masterKey, random, java.time.InstantSource.system());
    tenants = new Tenants(storage.in(folder), control, CLOCK, random);
    tenants.create(tenant, "Bench", "USD", Environment.PRACTICE);
    FeedTable table = new FeedTable();
    intake = new Intake(tenants, new Ingest(log, new Feed(tenants, table, new Rules()), signing));
    write(
        scope -> {
          scope.db().update("INSERT INTO store VALUES (?, '1', 'Bench')", store);
          scope
              .db()
              .update(
                  "INSERT INTO register (id, store, name) VALUES (?, ?, 'Till')", register, store);
          scope.db().update("INSERT INTO user_account (id, name) VALUES (?, 'Cashier')", cashier);
          scope
              .db()
              .update(
                  "INSERT INTO assignment VALUES (?, ?, ?, 'cashier')", cashier, cashier, store);
          return table.put(
              scope,
              product,
              null,
              new ProductItem("1", "Gin", "", "", 1999, List.of(), List.of()));
        });
  }

  /** Work in the tenant's transaction. */
  interface Work<T> {
    T run(TenantScope scope) throws SQLException;
  }

  <T> T write(Work<T> work) throws SQLException {
    return tenants.<T, SQLException>write(tenant, work::run);
  }

  /** Takes in a batch the way the network's route does, durably. */
  IngestOutcome accept(Envelope envelope) throws SQLException {
    Hashed posted = Hashed.of(envelope);
    VerifyKey signer =
        intake.signer(tenant, UUID.fromString(envelope.keyId()), posted).orElseThrow();
    return intake.take(tenant, posted, signer, "127.0.0.1");
  }

  Tenants tenants() {
    return tenants;
  }

  /** Enrols a till. */
  SellingTill enrol(String series) throws SQLException {
    UUID device = UUID.randomUUID();
    SigningKey key = SigningKey.generate(random);
    Instant now = CLOCK.instant();
    write(
        scope -> {
          scope
              .db()
              .update(
                  """
                  INSERT INTO device (id, kind, store, register, series, name, public_key,
                    environment, enrolled_at, last_seen, last_hash, key_since)
                  VALUES (?, 'TILL', ?, ?, ?, 'Till', ?, 'practice', ?, ?, ?, ?)\
                  """,
                  device,
                  store,
                  register,
                  series,
                  key.verifyKey().raw(),
                  now,
                  now,
                  new byte[Hash.LENGTH],
                  now);
          AuditEntry entry =
              AuditEntry.enrolled(now, AuditEntry.SYSTEM, device, "", key.verifyKey(), "");
          return log.append(scope, List.of(entry));
        });
    return new SellingTill(
        new SellingTill.Registered(tenant, device, store, register, series, "USD", cashier),
        key,
        CLOCK,
        random);
  }

  @Override
  public void close() throws IOException, SQLException {
    signing.close();
    tenants.close();
    control.close();
    masterKey.close();
    folder.close();
  }
}
