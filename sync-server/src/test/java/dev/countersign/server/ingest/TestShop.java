package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.GoodsSettings;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.sale.TenderRules;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.Migrations;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.account.AccountSchema;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.AuditSchema;
import dev.countersign.server.bench.SellingTill;
import dev.countersign.server.credit.CreditSchema;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.feed.FeedSchema;
import dev.countersign.server.stock.StockSchema;
import dev.countersign.server.tenant.OpenTenant;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A tenant in a real SQLCipher file: one store, one register, a cashier, a manager, a product. */
public final class TestShop implements AutoCloseable {
  private static final List<String> SCRIPTS =
      List.of(
          AccountSchema.TABLES,
          AuditSchema.TABLES,
          IngestSchema.TABLES,
          IngestSchema.EMPTIES,
          CreditSchema.TABLES,
          FeedSchema.TABLES,
          StockSchema.TABLES,
          AuditSchema.OPENINGS,
          AuditSchema.COSIGNATURES);

  /** Work in the tenant's transaction. */
  public interface Work<T> {
    T run(TenantScope scope) throws SQLException;
  }

  public final SecureRandom random = new SecureRandom();
  public final UUID tenant = UUID.randomUUID();
  public final UUID store = UUID.randomUUID();
  public final UUID register = UUID.randomUUID();
  public final UUID cashier = UUID.randomUUID();
  public final UUID manager = UUID.randomUUID();
  public final UUID product = UUID.randomUUID();
  public final Set<UUID> catalogue = new HashSet<>(Set.of(product));
  public final AuditLog log = new AuditLog();
  public final List<FeedBody> told = new ArrayList<>();
  public ShiftSettings shifts = ShiftSettings.USUAL;
  public GoodsSettings goods = GoodsSettings.USUAL;
  public final List<UUID> forgotten = new ArrayList<>();
  public final Map<UUID, FeedBody.ProductItem> products = new HashMap<>();
  public final Map<UUID, FeedBody.TaxItem> taxes = new HashMap<>();
  private final Map<UUID, FeedBody.QuestionItem> questions = new HashMap<>();
  public final Ingest ingest;
  public Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final SigningKey logKey = SigningKey.generate(random);
  private final SigningKey serverKey = SigningKey.generate(random);
  private final Secret sealingKey = Secret.random(32, random);
  private final Secret wipeKey = Secret.random(32, random);
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Secret fileKey = Secret.random(32, random);
  private final Path file;
  private final Db db;
  private final @Nullable Postgres pool;
  private final @Nullable OpenTenant room;
  private int devices;

  public TestShop(Path folder) throws SQLException {
    this(folder, Stored.IN_FILES);
  }

  public TestShop(Path folder, Stored stored) throws SQLException {
    file = folder.resolve("tenant.db");
    switch (stored) {
      case IN_FILES -> {
        db = new Db(SqlCipher.openWriter(file, fileKey));
        new Migrations(SCRIPTS).apply(db);
        pool = null;
        room = null;
      }
      case IN_POSTGRES -> {
        try {
          pool = TestPostgres.open();
          db = new Db(TestPostgres.connect("countersign_app"));
        } catch (IOException e) {
          throw new SQLException(e);
        }
        Tenant itself = new Tenant(tenant, "Shop", "USD", Environment.PRACTICE, now);
        room =
            TestPostgres.tenants(pool)
                .create(itself, Secret.random(32, random), lent -> scope(lent));
        db.first(
            "SELECT set_config('app.tenant', ?, false)", row -> row.text(1), tenant.toString());
      }
      default -> throw new AssertionError(stored);
    }
    db.update("INSERT INTO store (id, number, name) VALUES (?, '1', 'Main Street')", store);
    db.update("INSERT INTO register (id, store, name) VALUES (?, ?, 'Till 1')", register, store);
    addUser(cashier, "Cashier", "cashier", store, true);
    addUser(manager, "Manager", "manager", null, true);
    ingest = new Ingest(log, new ShopFeed(), Runnable::run);
  }

  private final class ShopFeed implements SaleFeed {
    @Override
    public Db.Answer<Long> head(TenantScope scope) throws SQLException {
      long head = scope.db().first("SELECT max(seq) FROM sale", row -> row.integer(1)).orElse(0L);
      return () -> head;
    }

    @Override
    public void tell(TenantScope scope, UUID entity, UUID store, FeedBody body) {
      told.add(body);
      if (body instanceof FeedBody.ProductItem item) {
        products.put(entity, item);
      }
      if (body instanceof FeedBody.TaxItem item) {
        taxes.put(entity, item);
      }
      if (body instanceof FeedBody.QuestionItem question) {
        questions.put(entity, question);
      }
    }

    @Override
    public Optional<FeedBody.ProductItem> product(TenantScope scope, UUID id) {
      return Optional.ofNullable(products.get(id));
    }

    @Override
    public Db.Answer<Optional<FeedBody.TaxItem>> tax(TenantScope scope, UUID rule) {
      return () -> Optional.ofNullable(taxes.get(rule));
    }

    @Override
    public Optional<FeedBody.QuestionItem> question(TenantScope scope, UUID item) {
      return Optional.ofNullable(questions.get(item));
    }

    @Override
    public Db.Answer<Map<UUID, Handling>> known(TenantScope scope, Set<UUID> asked) {
      Map<UUID, Handling> known = new HashMap<>();
      for (UUID each : asked) {
        if (catalogue.contains(each)) {
          FeedBody.ProductItem item = products.get(each);
          known.put(each, item == null ? Handling.NONE : item.handled());
        }
      }
      return () -> known;
    }

    @Override
    public GoodsSettings goods(TenantScope scope, UUID store) {
      return goods;
    }

    @Override
    public ShiftSettings shifts(TenantScope scope, UUID store) {
      return shifts;
    }

    @Override
    public Ground.Paying paying(TenantScope scope, UUID store) {
      return new Ground.Paying(5, TenderRules.USUAL);
    }

    @Override
    public void forget(TenantScope scope, String kind, UUID entity) {
      forgotten.add(entity);
    }

    @Override
    public ZoneId zone(TenantScope scope, UUID store) {
      return ZoneOffset.UTC;
    }
  }

  public void addUser(UUID id, String name, String role, UUID in, boolean active)
      throws SQLException {
    db.update("INSERT INTO user_account (id, name, active) VALUES (?, ?, ?)", id, name, active);
    db.update("INSERT INTO assignment VALUES (?, ?, ?, ?)", id, id, in, role);
  }

  /** Enrols a till: registers its key and writes that into the log. */
  public SellingTill enrol() throws SQLException {
    UUID device = UUID.randomUUID();
    String series = "R" + ++devices;
    SigningKey key = SigningKey.generate(random);
    write(
        scope -> {
          scope
              .db()
              .update(
                  "INSERT INTO device (id, kind, store, register, series, name, public_key,"
                      + " environment, enrolled_at, last_seen, last_hash, key_since)"
                      + " VALUES (?, 'TILL', ?, ?, ?, 'Till', ?, 'practice', 0, 0, ?, 0)",
                  device,
                  store,
                  register,
                  series,
                  key.verifyKey().raw(),
                  new byte[32]);
          return log.append(
              scope,
              List.of(
                  AuditEntry.enrolled(
                      now, manager.toString(), device, "10.0.0.9", key.verifyKey(), "")));
        });
    return new SellingTill(
        new SellingTill.Registered(tenant, device, store, register, series, "USD", cashier),
        key,
        () -> now,
        random);
  }

  public <T> T write(Work<T> work) throws SQLException {
    if (room != null) {
      return room.<T, SQLException>write(work::run);
    }
    lock.lock();
    try {
      return db.<T, SQLException>transaction(() -> work.run(scope()));
    } finally {
      lock.unlock();
    }
  }

  public IngestOutcome accept(Envelope envelope) throws SQLException {
    return write(scope -> ingest.accept(scope, envelope, "10.0.0.7"));
  }

  /**
   * The same by a process that is gone before one of its statements, the commit among them.
   *
   * @param statements how many are still carried out
   * @return false when that was before the end
   */
  boolean acceptUntilGone(Envelope envelope, int statements) throws Exception {
    boolean files = room == null;
    Connection real =
        files ? SqlCipher.openWriter(file, fileKey) : TestPostgres.connect("countersign_app");
    DyingConnection dying = new DyingConnection(real, statements);
    Connection seen = dying.seen();
    try (Db doomed = new Db(seen)) {
      if (files) {
        doomed.<IngestOutcome, SQLException>transaction(
            () -> ingest.accept(scope(doomed), envelope, "10.0.0.7"));
        return true;
      }
      real.setAutoCommit(false);
      doomed.first(
          "SELECT set_config('app.tenant', ?, true)", row -> row.text(1), tenant.toString());
      ingest.accept(scope(doomed), envelope, "10.0.0.7");
      seen.commit();
      return true;
    } catch (SQLException e) {
      if (!dying.isDead()) {
        throw e;
      }
      return false;
    }
  }

  public TenantScope scope() {
    return scope(db);
  }

  private TenantScope scope(Db lent) {
    return new TenantScope(
        tenant,
        "USD",
        Environment.PRACTICE,
        lent,
        logKey,
        "test.example/log",
        serverKey,
        sealingKey,
        wipeKey,
        () -> now);
  }

  public SigningKey logKey() {
    return logKey;
  }

  public SigningKey serverKey() {
    return serverKey;
  }

  public Db db() {
    return db;
  }

  public long count(String table) throws SQLException {
    return db.first("SELECT count(*) FROM " + table, row -> row.integer(1)).orElseThrow();
  }

  public long logSize() throws SQLException {
    return log.size(scope());
  }

  /** Everything that a refused batch must leave as it was. */
  public List<Object> state() throws SQLException {
    List<Object> state = new ArrayList<>();
    for (String table :
        List.of("batch", "sale", "shift", "question", "takings", "incident", "audit_run")) {
      state.add(count(table));
    }
    state.add(logSize());
    state.addAll(
        db.list(
            "SELECT state, last_batch, last_hash, last_change FROM device ORDER BY id",
            row -> row.text(1) + row.integer(2) + row.hash(3) + row.integer(4)));
    return state;
  }

  @Override
  public void close() throws SQLException {
    db.close();
    if (pool != null) {
      pool.close();
    }
  }
}
