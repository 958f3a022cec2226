package dev.countersign.client.ledger;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.client.store.StoreFault;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.Enrolment.FirstUser;
import dev.countersign.common.protocol.FeedBody.UserItem;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An unlocked device: its open store and everything that reads and writes it. Closing it closes the
 * store and wipes the signing key.
 */
public final class OpenDevice implements AutoCloseable {
  private static final int THROW_AWAY_KEY = 32;

  private final TillStore store;
  private final OwnKey key;
  private final KnownKeys keys;
  private final Grants grants;
  private final Users users;
  private final PinEpochs pinEpochs;
  private final Settings settings;
  private final Catalogue catalogue;
  private final Deals deals;
  private final Customers customers;
  private final Stock stock;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Replica replica;
  private final Books books;
  private final ReceiptJobs receiptJobs;
  private final SlipBook slips;
  private final CheckpointBook checkpoints;
  private final Purse purse;
  private final HardwareBook hardware;
  private final MailBook mail;
  private final ParkedSales parked;
  private final Favourites favourites;

  private OpenDevice(TillStore store, Enrolled enrolled, SigningKey key, Surroundings around) {
    Listeners listeners = new Listeners();
    Shelf shelf = new Shelf(around.clock());
    UuidV7 ids = new UuidV7(around.clock(), around.random());
    this.store = store;
    this.key = new OwnKey(store, enrolled, key, around.clock(), around.random());
    this.keys = new KnownKeys(store, enrolled);
    this.grants = new Grants(store, enrolled);
    this.users = new Users(store, grants);
    this.pinEpochs = new PinEpochs(store, users);
    this.settings = new Settings(store, enrolled);
    this.catalogue = new Catalogue(store, enrolled.currency());
    this.deals = new Deals(store, enrolled);
    this.customers = new Customers(store, around.random());
    this.stock = new Stock(store, enrolled.device());
    this.books = new Books(store, enrolled, users);
    this.purse = new Purse(store, enrolled, ids, around.random());
    this.ledger =
        new Ledger(
            store,
            enrolled,
            users,
            grants,
            settings,
            catalogue,
            deals,
            customers,
            books,
            shelf,
            purse,
            ids,
            around.clock(),
            listeners);
    this.outbox =
        new Outbox(
            store,
            enrolled,
            this.key,
            around.clock(),
            around.monotonicNanos(),
            UUID.randomUUID(),
            shelf,
            () -> {
              catalogue.forget();
              deals.forget();
              customers.forget();
            },
            listeners);
    this.replica =
        new Replica(
            store,
            enrolled.device(),
            around.monotonicNanos(),
            shelf,
            stock,
            List.of(
                users::forget,
                settings::forget,
                catalogue::forget,
                deals::forget,
                customers::forget),
            listeners);
    this.receiptJobs = new ReceiptJobs(store, books);
    this.slips = new SlipBook(store, ids, around.clock());
    this.checkpoints = new CheckpointBook(store);
    this.hardware = new HardwareBook(store, users);
    this.mail = new MailBook(store, books, ids, around.clock());
    this.parked = parked(enrolled, ids, listeners);
    this.favourites = new Favourites(store, catalogue, around.clock());
  }

  /** What the other tills of the store sold lately. */
  public GatheredSales gathered() {
    return new GatheredSales(store, ledger.enrolled(), GatheredSales.MOST);
  }

  private ParkedSales parked(Enrolled enrolled, UuidV7 ids, Listeners listeners) {
    return new ParkedSales(
        store,
        enrolled,
        users,
        new Recorder(grants, ids),
        new KnownGoods(catalogue, customers),
        ids,
        listeners);
  }

  /**
   * What the device takes from the machine.
   *
   * @param monotonicNanos only runs forward, such as {@code System::nanoTime}
   */
  public record Surroundings(
      InstantSource clock, LongSupplier monotonicNanos, SecureRandom random) {
    /** The machine's own. */
    public static Surroundings ofThisMachine() {
      return new Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom());
    }
  }

  private record Identity(byte[] enrolled, byte[] seed) {}

  /**
   * The same for a device whose rights come with its first contact; until then the first person's
   * are those that every program knows for that role's name.
   */
  public static OpenDevice enrol(
      DeviceFolder folder,
      Secret databaseKey,
      Enrolled enrolled,
      SigningKey deviceKey,
      UUID epoch,
      FirstUser firstUser,
      Surroundings around) {
    return enrol(folder, databaseKey, enrolled, deviceKey, epoch, firstUser, null, around);
  }

  /**
   * Makes the store of a newly enrolled device and opens it. The keys stay the caller's to close.
   *
   * @param epoch the server's
   * @param firstUser may use the device before the first snapshot has come
   * @param sheet {@link Grants#genuine} rights, as they came; null when there are none yet
   */
  public static OpenDevice enrol(
      DeviceFolder folder,
      Secret databaseKey,
      Enrolled enrolled,
      SigningKey deviceKey,
      UUID epoch,
      FirstUser firstUser,
      byte @Nullable [] sheet,
      Surroundings around) {
    TillStore store = TillStore.create(folder, databaseKey, LedgerSchema.MIGRATIONS);
    try (Secret seed = deviceKey.seed()) {
      UserItem user =
          UserItem.of(
              firstUser.id(),
              firstUser.name(),
              Role.named(firstUser.role()).orElse(new Role(firstUser.role(), Map.of())));
      store.write(
          db -> {
            db.update(
                "INSERT INTO device (one, enrolled, seed) VALUES (1, ?, ?)",
                Json.encode(enrolled.stored()),
                seed.bytes());
            db.update("INSERT INTO state (one) VALUES (1)");
            db.update("INSERT INTO replica (one, epoch) VALUES (1, ?)", epoch);
            if (sheet != null) {
              db.update(
                  "INSERT INTO grant_sheet (one, received, envelope) VALUES (1, ?, ?)",
                  around.clock().instant(),
                  sheet);
            }
            return db.update(
                "INSERT INTO reference (kind, id, body) VALUES ('user', ?, ?)",
                firstUser.id(),
                Json.encode(user));
          });
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    return over(store, around);
  }

  /**
   * Opens an enrolled device. The key stays the caller's to close.
   *
   * @throws dev.countersign.client.store.StoreException when the store cannot be opened
   */
  public static OpenDevice open(DeviceFolder folder, Secret databaseKey, Surroundings around) {
    return over(TillStore.open(folder, databaseKey, LedgerSchema.MIGRATIONS), around);
  }

  /**
   * A throw-away till to learn on, with the goods, people and settings of this one. It has a key of
   * its own that no server knows and a server that is nowhere; its receipts are numbered in a
   * series of their own. Takes as long as the catalogue is large.
   *
   * @param empty where its store is made; whoever closes the device removes it
   */
  public OpenDevice training(DeviceFolder empty, Surroundings around) {
    try (Secret key = Secret.random(THROW_AWAY_KEY, around.random());
        SigningKey signing = SigningKey.generate(around.random());
        Secret seed = signing.seed()) {
      TillStore fresh = TillStore.create(empty, key, LedgerSchema.MIGRATIONS);
      try {
        fresh.write(
            db -> {
              db.update(
                  "INSERT INTO device (one, enrolled, seed) VALUES (1, ?, ?)",
                  Json.encode(ledger.enrolled().training().stored()),
                  seed.bytes());
              db.update("INSERT INTO state (one) VALUES (1)");
              return db.update("INSERT INTO replica (one, epoch) VALUES (1, ?)", UUID.randomUUID());
            });
        TrainingSeed.copy(store, fresh);
      } catch (RuntimeException e) {
        fresh.close();
        throw e;
      }
      return over(fresh, around);
    }
  }

  private static OpenDevice over(TillStore store, Surroundings around) {
    try {
      Identity identity =
          store
              .read(
                  db ->
                      db.first(
                          "SELECT enrolled, seed FROM device",
                          row -> new Identity(row.bytes(1), row.bytes(2))))
              .orElseThrow(() -> new IllegalStateException("the store is not enrolled"));
      Enrolled enrolled = Json.decode(identity.enrolled(), Enrolled.Stored.class).read();
      try (Secret seed = Secret.of(identity.seed())) {
        return new OpenDevice(store, enrolled, SigningKey.fromSeed(seed.bytes()), around);
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The keys of the server that this device believes. */
  public KnownKeys keys() {
    return keys;
  }

  /** What the people here may do, as the server signed it. */
  public Grants grants() {
    return grants;
  }

  /** This device's own signing key. */
  public OwnKey ownKey() {
    return key;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public Customers customers() {
    return customers;
  }

  /** Promotions and price lists. */
  public Deals deals() {
    return deals;
  }

  public Stock stock() {
    return stock;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Replica replica() {
    return replica;
  }

  public Books books() {
    return books;
  }

  public ReceiptJobs receiptJobs() {
    return receiptJobs;
  }

  /** The papers beside receipts that are owed. */
  public SlipBook slips() {
    return slips;
  }

  public CheckpointBook checkpoints() {
    return checkpoints;
  }

  /** What the server keeps for this till of gift cards and store credit. */
  public Purse purse() {
    return purse;
  }

  /** What stands on this counter. */
  public HardwareBook hardware() {
    return hardware;
  }

  /** The receipts that are owed by e-mail. */
  public MailBook mail() {
    return mail;
  }

  /** The sales that were put aside, here and at the store's other tills. */
  public ParkedSales parked() {
    return parked;
  }

  public Favourites favourites() {
    return favourites;
  }

  public Users users() {
    return users;
  }

  public PinEpochs pinEpochs() {
    return pinEpochs;
  }

  public Settings settings() {
    return settings;
  }

  /** For tests that make the store fail. */
  TillStore store() {
    return store;
  }

  /** Reads the whole store and looks for damage; see {@link TillStore#damage()}. */
  public Optional<StoreFault> damage() {
    return store.damage();
  }

  @Override
  public void close() {
    try {
      store.close();
    } finally {
      key.close();
    }
  }
}
