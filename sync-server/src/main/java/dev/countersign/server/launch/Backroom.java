package dev.countersign.server.launch;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.protocol.Environment;
import dev.countersign.server.account.DeviceSessions;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Enrolling;
import dev.countersign.server.account.Grants;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Rules;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.catalogue.CatalogueImport;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.credit.CreditDesk;
import dev.countersign.server.customer.CustomerDesk;
import dev.countersign.server.customer.ParkedNames;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.PostgresAddress;
import dev.countersign.server.db.postgres.PostgresControl;
import dev.countersign.server.db.postgres.PostgresSchema;
import dev.countersign.server.db.postgres.PostgresTenants;
import dev.countersign.server.export.Export;
import dev.countersign.server.feed.Compaction;
import dev.countersign.server.feed.Feed;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.feed.Notices;
import dev.countersign.server.feed.RecentlySold;
import dev.countersign.server.guard.TextRefusals;
import dev.countersign.server.http.BooksRoutes;
import dev.countersign.server.http.CosignatureRoutes;
import dev.countersign.server.http.CreditRoutes;
import dev.countersign.server.http.CustomerRoutes;
import dev.countersign.server.http.EnrolmentRoutes;
import dev.countersign.server.http.FeedRoutes;
import dev.countersign.server.http.Gate;
import dev.countersign.server.http.HealthRoute;
import dev.countersign.server.http.KeyRoutes;
import dev.countersign.server.http.LogRoutes;
import dev.countersign.server.http.OthersSessionRoutes;
import dev.countersign.server.http.ParkedRoutes;
import dev.countersign.server.http.PasskeyRoutes;
import dev.countersign.server.http.PeopleRoutes;
import dev.countersign.server.http.PlaceRoutes;
import dev.countersign.server.http.ReceiptRoutes;
import dev.countersign.server.http.RecheckRoutes;
import dev.countersign.server.http.RoleRoutes;
import dev.countersign.server.http.Route;
import dev.countersign.server.http.SaleRoutes;
import dev.countersign.server.http.SecretRoutes;
import dev.countersign.server.http.StaffRoutes;
import dev.countersign.server.http.StoreRoutes;
import dev.countersign.server.http.TextWatch;
import dev.countersign.server.http.TillKeyRoutes;
import dev.countersign.server.ingest.Ingest;
import dev.countersign.server.ingest.OlderSales;
import dev.countersign.server.integration.IntegrationSecrets;
import dev.countersign.server.move.TenantMove;
import dev.countersign.server.people.Personnel;
import dev.countersign.server.receipt.ReceiptProofs;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.review.Reviews;
import dev.countersign.server.signin.Door;
import dev.countersign.server.signin.Passwords;
import dev.countersign.server.signin.RelyingParty;
import dev.countersign.server.stock.Stock;
import dev.countersign.server.stock.StockKeeper;
import dev.countersign.server.support.Support;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.MasterKey;
import dev.countersign.server.tenant.MasterRotation;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantFiles;
import dev.countersign.server.tenant.TenantStorage;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.till.TillShares;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

// Long because it is the one place where all parts of a server are put together.
/**
 * The composition root: everything of a server that works without the network, put together in one
 * place. A command uses it alone, {@link SyncServer} puts the TLS edge before it.
 */
final class Backroom implements AutoCloseable {
  private final DataFolder folder;
  private final Surroundings surroundings;
  private final ControlFile control;
  private final Tenants tenants;
  private final ExecutorService signing = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable ServerAddress> address = new AtomicReference<>();
  private final AtomicReference<@Nullable Callable<Instant>> reload = new AtomicReference<>();
  private final ExecutorService afterwards = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate gate;
  private final TextWatch watch;
  private final IntegrationSecrets secrets;
  private final TillShares tillShares;
  private final Admission admission;
  private final Oversight oversight;
  private final Recheck recheck;
  private final StockKeeper stockKeeper;
  private final DeviceRoom deviceRoom;
  private final Notices notices;
  private final Compaction compaction;
  private final Cosignatures cosignatures;
  private final List<Route> routes;
  private final Provisioning provisioning;
  private final RestoreCare restoreCare;
  private final InstantSource clock;
  private final @Nullable Removal removal;

  private Backroom(
      DataFolder folder,
      ControlFile control,
      Tenants tenants,
      Surroundings surroundings,
      @Nullable Removal removal) {
    this.folder = folder;
    this.surroundings = surroundings;
    this.control = control;
    this.tenants = tenants;
    this.clock = surroundings.clock();
    this.removal = removal;
    var random = surroundings.random();
    var ids = new UuidV7(clock, random);
    var log = new AuditLog(random);
    var journal = new Journal(log);
    var places = new Places();
    var people = new People();
    var devices = new Devices();
    var feedTable = new FeedTable();
    var feed = new Feed(tenants, feedTable, new Rules());
    this.notices = new Notices(tenants, devices, feedTable, clock, surroundings.nanoTime());
    var stock = new Stock(feedTable);
    this.stockKeeper = new StockKeeper(tenants, stock);
    this.cosignatures = new Cosignatures();
    this.compaction = new Compaction(tenants, feedTable, new Rules());
    var enrolling = enrolling(places, people, devices, journal, feedTable, ids, random);
    var ingest = new Ingest(log, feed, signing);
    this.deviceRoom =
        new DeviceRoom(control, tenants, devices, people, ingest, log, journal, ids, clock, random);
    var door = door(journal, ids, random);
    var personnel = new Personnel(people, places, devices, feedTable, journal, door, ids, random);
    var export = new Export(log);
    this.gate = new Gate(door.callers(), deviceRoom.sessions());
    var refusals = new TextRefusals(journal);
    this.watch = new TextWatch(tenants, refusals);
    this.secrets = new IntegrationSecrets(journal, random);
    this.tillShares =
        new TillShares(
            tenants, control, devices, deviceRoom.sessions(), feedTable, journal, random);
    this.admission = new Admission(tenants, personnel, door);
    this.oversight = oversight(people, personnel, door, journal, ids);
    this.recheck = new Recheck(tenants, log, journal);
    this.routes =
        Stream.of(
                new HealthRoute(tenants).routes(),
                new EnrolmentRoutes(enrolling).routes(),
                deviceRoom.routes(),
                feedRoutes(feed),
                logRoutes(log, devices),
                new ReceiptRoutes(tenants, new ReceiptProofs(log), surroundings.nanoTime())
                    .routes(),
                new PlaceRoutes(tenants, places).routes(),
                new StoreRoutes(tenants, feedTable, journal).routes(),
                new BooksRoutes(tenants, log, export, journal).routes(),
                new RecheckRoutes(recheck).routes(),
                new SecretRoutes(tenants, secrets).routes(),
                new TillKeyRoutes(tenants, devices, tillShares).routes(),
                new CreditRoutes(
                        tenants,
                        devices,
                        new CreditDesk(tenants, devices, door.codeGuesses(), journal, ids))
                    .routes(),
                new CustomerRoutes(tenants, new CustomerDesk(feedTable, journal)).routes(),
                new ParkedRoutes(tenants, new ParkedNames(feedTable)).routes(),
                peopleRoutes(door, personnel, journal),
                oversight.routes())
            .flatMap(List::stream)
            .toList();
    this.restoreCare = new RestoreCare(tenants, feedTable, cosignatures, stock, journal, ids);
    this.provisioning =
        new Provisioning(
            tenants,
            places,
            people,
            personnel.staff(),
            devices,
            enrolling,
            feedTable,
            new CatalogueImport(tenants, feedTable, journal, refusals),
            export,
            journal,
            ids,
            control.serverKey().verifyKey(),
            address::get);
  }

  private List<Route> feedRoutes(Feed feed) {
    return Stream.of(
            new FeedRoutes(feed, tenants, stockKeeper, notices, clock).routes(),
            new SaleRoutes(
                    tenants,
                    new OlderSales(),
                    new RecentlySold(
                        tenants,
                        new FeedTable(),
                        new Rules(),
                        new OlderSales(),
                        RecentlySold.Bounds.USUAL))
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> logRoutes(AuditLog log, Devices devices) {
    return Stream.of(
            new LogRoutes(tenants, log, cosignatures).routes(),
            new CosignatureRoutes(tenants, devices, cosignatures, log).routes())
        .flatMap(List::stream)
        .toList();
  }

  private Oversight oversight(
      People people, Personnel personnel, Door door, Journal journal, UuidV7 ids) {
    return new Oversight(
        tenants,
        new Reviews(people, personnel.staff(), door, journal, ids),
        new Support(people, door.standings(), journal, ids),
        door);
  }

  /** How people come in, and how they are looked after. */
  private List<Route> peopleRoutes(Door door, Personnel personnel, Journal journal) {
    return Stream.of(
            new PeopleRoutes(tenants, door).routes(),
            new PasskeyRoutes(door).routes(),
            new OthersSessionRoutes(tenants, personnel.standing(), door, journal).routes(),
            new StaffRoutes(tenants, personnel, door).routes(),
            new RoleRoutes(tenants, personnel.roleBook()).routes(),
            new KeyRoutes(tenants, door.keys()).routes())
        .flatMap(List::stream)
        .toList();
  }

  private Enrolling enrolling(
      Places places,
      People people,
      Devices devices,
      Journal journal,
      FeedTable feedTable,
      UuidV7 ids,
      SecureRandom random) {
    Grants grants = new Grants(people, new Rules(), ids);
    return new Enrolling(
        tenants,
        control,
        places,
        people,
        devices,
        grants,
        journal,
        feedTable::epoch,
        ids,
        clock,
        random);
  }

  /**
   * Takes the folder and opens everything in it.
   *
   * @throws DataFolder.BusyException when another process has it
   * @throws MasterKey.UnusableException when the master key is missing, malformed or another
   */
  static Backroom open(Path data, Surroundings surroundings) throws IOException, SQLException {
    DataFolder folder = DataFolder.take(data);
    try {
      return open(folder, surroundings);
    } catch (IOException | SQLException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Backroom open(DataFolder folder, Surroundings surroundings)
      throws IOException, SQLException {
    Optional<PostgresAddress> elsewhere =
        PostgresAddress.of(folder, surroundings.postgresPassword());
    return elsewhere.isPresent()
        ? inPostgres(folder, elsewhere.get(), surroundings)
        : inFiles(folder, surroundings);
  }

  private static Backroom inFiles(DataFolder folder, Surroundings surroundings)
      throws IOException, SQLException {
    MasterRotation.settle(folder);
    ControlFile control;
    try (Secret master = MasterKey.load(folder, surroundings.masterKey(), surroundings.random())) {
      control = ControlFile.open(folder, master, surroundings.random(), surroundings.clock());
    }
    return over(new TenantFiles(folder, Schema.migrations()), folder, control, surroundings);
  }

  private static Backroom inPostgres(
      DataFolder folder, PostgresAddress address, Surroundings surroundings)
      throws IOException, SQLException {
    if (folder.isSetUp()) {
      throw new IOException(
          folder.root()
              + " holds tenants in files; a server on PostgreSQL starts in a folder without.");
    }
    var schema = new PostgresSchema(Schema.scripts());
    var random = surroundings.random();
    Postgres postgres = Postgres.open(address, schema);
    ControlFile control;
    try (Secret master =
        MasterKey.load(folder, postgres.isSetUp(), surroundings.masterKey(), random)) {
      control =
          ControlFile.over(new PostgresControl(postgres), master, random, surroundings.clock());
    } catch (IOException | SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
    return over(new PostgresTenants(postgres, schema), folder, control, surroundings);
  }

  private static Backroom over(
      TenantStorage storage, DataFolder folder, ControlFile control, Surroundings surroundings)
      throws IOException, SQLException {
    try {
      Tenants tenants = new Tenants(storage, control, surroundings.clock(), surroundings.random());
      Backroom backroom = with(storage, folder, control, tenants, surroundings);
      for (Tenant tenant : tenants.list()) {
        backroom.keyCare().settle(tenant.id());
      }
      return backroom;
    } catch (IOException | SQLException | RuntimeException e) {
      control.close();
      throw e;
    }
  }

  private static Backroom with(
      TenantStorage storage,
      DataFolder folder,
      ControlFile control,
      Tenants tenants,
      Surroundings surroundings)
      throws IOException, SQLException {
    if (!(storage instanceof TenantFiles)) {
      return new Backroom(folder, control, tenants, surroundings, null);
    }
    AuditLog log = new AuditLog(surroundings.random());
    var move = new TenantMove(tenants, control, new Export(log), new Journal(log));
    Removal removal = new Removal(folder, control, tenants, move, surroundings);
    removal.settle();
    return new Backroom(folder, control, tenants, surroundings, removal);
  }

  private Door door(Journal journal, UuidV7 ids, SecureRandom random) {
    return new Door(
        tenants,
        control,
        journal,
        new Passwords(random),
        ids,
        clock,
        random,
        this::relyingParty,
        afterwards);
  }

  private Optional<RelyingParty> relyingParty() {
    ServerAddress reached = address.get();
    return reached == null ? Optional.empty() : RelyingParty.of(reached.uri());
  }

  DataFolder folder() {
    return folder;
  }

  Tenants tenants() {
    return tenants;
  }

  DeviceSessions sessions() {
    return deviceRoom.sessions();
  }

  List<Route> routes() {
    return routes;
  }

  Provisioning provisioning() {
    return provisioning;
  }

  /** Gives the folder another master key; this must not be used any more afterwards. */
  MasterCare masterCare() {
    return new MasterCare(folder, control, tenants, surroundings, address.get() != null);
  }

  Optional<Environment> environment() throws SQLException {
    return control.environment();
  }

  /** See {@link ControlFile#settle}. */
  void settle(Environment environment) throws IOException, SQLException {
    control.settle(environment);
  }

  Gate gate() {
    return gate;
  }

  TillShares tillShares() {
    return tillShares;
  }

  IntegrationSecrets secrets() {
    return secrets;
  }

  TextWatch watch() {
    return watch;
  }

  /** What tells devices that there is something. */
  Notices notices() {
    return notices;
  }

  /** What takes out of the feeds what no device needs. */
  Compaction compaction() {
    return compaction;
  }

  /** What devices have cosigned. */
  Cosignatures cosignatures() {
    return cosignatures;
  }

  /** What reads the logs again. */
  Recheck recheck() {
    return recheck;
  }

  /** What reads the batches into the stores' levels. */
  StockKeeper stockKeeper() {
    return stockKeeper;
  }

  Oversight oversight() {
    return oversight;
  }

  RestoreCare restoreCare() {
    return restoreCare;
  }

  DeviceCare deviceCare() {
    return deviceRoom.care();
  }

  KeyCare keyCare() {
    return deviceRoom.keyCare();
  }

  Admission admission() {
    return admission;
  }

  /**
   * What moves tenants away from here.
   *
   * @throws RefusedException when they are in PostgreSQL already
   */
  Removal removal() {
    if (removal == null) {
      throw new RefusedException("This server's tenants are in PostgreSQL already.");
    }
    return removal;
  }

  Instant now() {
    return clock.instant();
  }

  /** From now on codes can be made, for this address. */
  void reachableAt(ServerAddress newAddress) {
    address.set(newAddress);
  }

  /** How the edge takes its certificate anew. */
  void reloadWith(Callable<Instant> newReload) {
    reload.set(newReload);
  }

  /**
   * Takes the certificate anew from its file; returns until when it is good.
   *
   * @throws RefusedException when no server runs here, or the file holds another key
   */
  Instant reload() throws Exception {
    Callable<Instant> known = reload.get();
    if (known == null) {
      throw new RefusedException("The server is not running; it reads the file when it starts.");
    }
    return known.call();
  }

  @Override
  public void close() throws IOException, SQLException {
    try (folder;
        signing) {
      afterwards.close();
      tenants.close();
      control.close();
    }
  }
}
