package dev.countersign.server.launch;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.protocol.ShiftSettings;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Enrolling;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.Names;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.catalogue.CatalogueExport;
import dev.countersign.server.catalogue.CatalogueImport;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.catalogue.Taxes;
import dev.countersign.server.export.Export;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.ingest.ServerBooks;
import dev.countersign.server.people.Acting;
import dev.countersign.server.people.Staff;
import dev.countersign.server.tenant.OtherEnvironmentException;
import dev.countersign.server.tenant.SqlFaults;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

// Long because every act by which a business is set up stands here, each a few lines.
/**
 * What an operator does with a server: tenants, stores, registers, people, devices, catalogue. Each
 * act is one transaction with its entry in the audit log; what cannot be done is a {@link
 * RefusedException} with a sentence for that person. Safe for any thread.
 */
public final class Provisioning {
  private static final int LOCK_AFTER_SECONDS = 180;

  private final Tenants tenants;
  private final Places places;
  private final People people;
  private final Staff staff;
  private final Devices devices;
  private final Enrolling enrolling;
  private final FeedTable feed;
  private final CatalogueImport catalogue;
  private final Taxes taxes;
  private final Export export;
  private final Journal journal;
  private final UuidV7 ids;
  private final ServerBooks books = new ServerBooks();
  private final VerifyKey serverKey;
  private final Supplier<@Nullable ServerAddress> address;

  Provisioning(
      Tenants tenants,
      Places places,
      People people,
      Staff staff,
      Devices devices,
      Enrolling enrolling,
      FeedTable feed,
      CatalogueImport catalogue,
      Export export,
      Journal journal,
      UuidV7 ids,
      VerifyKey serverKey,
      Supplier<@Nullable ServerAddress> address) {
    this.tenants = tenants;
    this.places = places;
    this.people = people;
    this.staff = staff;
    this.devices = devices;
    this.enrolling = enrolling;
    this.feed = feed;
    this.catalogue = catalogue;
    this.taxes = new Taxes(feed, journal);
    this.export = export;
    this.journal = journal;
    this.ids = ids;
    this.serverKey = serverKey;
    this.address = address;
  }

  /**
   * Adds a tenant.
   *
   * @param currency ISO 4217
   * @param environment that of the server; null takes it from there, and for a server that nobody
   *     has said anything about means production
   */
  public Tenant addTenant(String name, String currency, @Nullable String environment)
      throws IOException, SQLException {
    Names.require(name);
    requireCurrency(currency);
    Environment of = environment(environment);
    Tenant tenant;
    try {
      tenant = tenants.create(ids.next(), name, currency, of);
    } catch (OtherEnvironmentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      if (SqlFaults.of(e) == SqlFaults.Fault.CONSTRAINT) {
        throw new RefusedException("There is a tenant " + name + " already.");
      }
      throw e;
    }
    tenants.write(
        tenant.id(),
        scope -> {
          journal.note(scope, "tenant.added", tenant.id().toString(), of.word());
          return tenant;
        });
    return tenant;
  }

  private Environment environment(@Nullable String said) throws SQLException {
    if (said == null) {
      return tenants.environment().orElse(Environment.PRODUCTION);
    }
    return Environment.named(said)
        .orElseThrow(
            () ->
                new RefusedException(
                    "An environment is production, staging, practice or demo, not " + said + "."));
  }

  public List<Tenant> tenants() throws SQLException {
    return tenants.list();
  }

  /**
   * Adds a store, with settings that its devices start from.
   *
   * @param number what people and receipts call it
   * @param zone where its business day begins and ends
   */
  public Store addStore(UUID tenantId, String number, String name, ZoneId zone)
      throws SQLException {
    Tenant tenant = tenant(tenantId);
    return tenants.<Store, SQLException>write(
        tenantId,
        scope -> {
          Store store = places.addStore(scope, ids.next(), number, name);
          var settings =
              new SettingsItem(
                  tenant.name(),
                  name,
                  tenant.name().equals(name) ? List.of() : List.of(tenant.name()),
                  List.of(),
                  tenant.currency(),
                  0,
                  "HALF_UP",
                  "CASH",
                  LOCK_AFTER_SECONDS,
                  zone.getId());
          feed.put(scope, store.id(), store.id(), settings);
          journal.note(scope, "store.added", store.id().toString());
          return store;
        });
  }

  /** How a store counts its drawers. */
  public ShiftSettings shifts(UUID tenant, UUID store) throws SQLException {
    return tenants
        .<Optional<SettingsItem>, SQLException>read(tenant, scope -> settings(scope, store))
        .map(SettingsItem::shifts)
        .orElse(ShiftSettings.USUAL);
  }

  private Optional<SettingsItem> settings(TenantScope scope, UUID store) throws SQLException {
    return feed.find(scope, "settings", store, SettingsItem.class);
  }

  /**
   * Changes some of a store's settings; the others stay, and its devices hear of it.
   *
   * @param how from what stands to what shall stand
   */
  public SettingsItem changeSettings(UUID tenant, UUID store, UnaryOperator<SettingsItem> how)
      throws SQLException {
    return tenants.<SettingsItem, SQLException>write(
        tenant,
        scope -> {
          SettingsItem after =
              how.apply(
                  settings(scope, store)
                      .orElseThrow(() -> new RefusedException("This store has no settings.")));
          if (feed.put(scope, store, store, after)) {
            journal.note(scope, "settings.changed", store.toString());
          }
          return after;
        });
  }

  public List<Store> stores(UUID tenant) throws SQLException {
    return tenants.<List<Store>, SQLException>read(tenant, places::stores);
  }

  public Register addRegister(UUID tenant, UUID store, String name) throws SQLException {
    return tenants.<Register, SQLException>write(
        tenant,
        scope -> {
          Register register = places.addRegister(scope, ids.next(), store, name);
          journal.note(scope, "register.added", register.id().toString());
          return register;
        });
  }

  public List<Register> registers(UUID tenant, UUID store) throws SQLException {
    return tenants.<List<Register>, SQLException>read(
        tenant, scope -> places.registers(scope, store));
  }

  /**
   * Adds a person.
   *
   * @param role the name of one of the business's roles
   * @param store the one store it is for, or null for all
   */
  public Person addUser(UUID tenant, String name, String role, @Nullable UUID store)
      throws SQLException {
    return tenants.<Person, SQLException>write(
        tenant, scope -> staff.add(scope, Acting.OPERATOR, name, role, store));
  }

  public List<Person> users(UUID tenant) throws SQLException {
    return tenants.<List<Person>, SQLException>read(tenant, people::list);
  }

  /** A single-use code, good for a day, by which a person chooses a PIN on a further device. */
  public String joinCode(UUID tenant, UUID user) throws SQLException {
    return tenants.<String, SQLException>write(
        tenant, scope -> staff.joinCode(scope, Acting.OPERATOR, user));
  }

  /** Marks a person as having left. */
  public void endUser(UUID tenant, UUID user) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          staff.leave(scope, Acting.OPERATOR, user);
          return true;
        });
  }

  /** A code for a new till on this register; the person is the first to choose a PIN on it. */
  public EnrolmentTicket tillTicket(UUID tenant, UUID register, UUID firstUser)
      throws SQLException {
    UUID store =
        tenants.<UUID, SQLException>read(tenant, scope -> places.register(scope, register).store());
    return enrolmentTicket(
        tenant, new Enrolling.Purpose(DeviceKind.TILL, store, register, firstUser));
  }

  /** A code for a new back office of this store. */
  public EnrolmentTicket officeTicket(UUID tenant, UUID store, UUID firstUser) throws SQLException {
    return enrolmentTicket(
        tenant, new Enrolling.Purpose(DeviceKind.OFFICE, store, null, firstUser));
  }

  private EnrolmentTicket enrolmentTicket(UUID tenant, Enrolling.Purpose purpose)
      throws SQLException {
    ServerAddress reachable = address.get();
    if (reachable == null) {
      throw new RefusedException(
          "The server is not running. A code lives ten minutes: start the server first.");
    }
    return enrolling.makeCode(tenant, purpose, reachable.uri().toString(), reachable.pin());
  }

  public List<Device> devices(UUID tenant) throws SQLException {
    return tenants.<List<Device>, SQLException>read(tenant, devices::list);
  }

  /** Takes a device out of use for good. */
  public void revokeDevice(UUID tenant, UUID device) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          if (!devices.revoke(scope, device)) {
            throw new RefusedException("There is no such device in use.");
          }
          journal.noteAbout(scope, By.OPERATOR, device, AuditEntry.DEVICE_REVOKED);
          return true;
        });
  }

  /** What both screens showed when this device was enrolled. */
  public String fingerprint(Device device) {
    return Enrolment.fingerprint(device.publicKey(), serverKey);
  }

  /** What a tenant's books say. */
  public record BooksView(
      ServerBooks.Total total,
      List<ServerBooks.StoreTotal> stores,
      Map<Verdict, Long> salesByVerdict) {}

  /** The verification key of a tenant's log, for its owner to keep and to pin. */
  public String logKey(UUID tenant) throws SQLException {
    return tenants.<String, SQLException>read(
        tenant, scope -> new LogKey(scope.logOrigin(), scope.logKey().verifyKey()).text());
  }

  /** Writes a tenant's whole log with its batches; that this was done is the log's last entry. */
  public void export(UUID tenant, OutputStream out) throws IOException, SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          journal.note(scope, "export.made", tenant.toString());
          return true;
        });
    export.write(work -> tenants.<Boolean, SQLException>read(tenant, work), out);
  }

  /** Sums of what counts, and how many sales had which verdict. */
  public BooksView books(UUID tenant) throws SQLException {
    return tenants.<BooksView, SQLException>read(
        tenant,
        scope ->
            new BooksView(
                books.grandTotal(scope), books.perStore(scope), books.salesByVerdict(scope)));
  }

  /** Brings the products of a file in; see {@link CatalogueImport}. */
  public ImportReport importCatalogue(UUID tenant, Path file) throws IOException, SQLException {
    return importCatalogue(tenant, file, null, new Silent());
  }

  /**
   * Brings the products of a file in and tells of every remark while it reads.
   *
   * @param taxes of products of whose taxes the file says nothing; null leaves them as they are
   */
  public ImportReport importCatalogue(
      UUID tenantId, Path file, @Nullable String taxes, ImportReport.Listener listener)
      throws IOException, SQLException {
    Currency currency = Currency.getInstance(tenant(tenantId).currency());
    return catalogue.run(tenantId, currency, file, taxes, listener);
  }

  /** What is charged on products that name it. */
  public List<Taxes.Entry> taxes(UUID tenant) throws SQLException {
    return tenants.<List<Taxes.Entry>, SQLException>read(tenant, taxes::list);
  }

  /** Adds a tax, which products may name from then on. */
  public Taxes.Entry addTax(UUID tenant, TaxItem tax) throws SQLException {
    return tenants.<Taxes.Entry, SQLException>write(
        tenant, scope -> taxes.add(scope, ids.next(), tax.tax()));
  }

  /**
   * Gives a tax another rate from a business day on.
   *
   * @param from null for today
   */
  public Taxes.Entry changeTaxRate(
      UUID tenant, String name, BigDecimal rate, @Nullable LocalDate from) throws SQLException {
    return tenants.<Taxes.Entry, SQLException>write(
        tenant, scope -> taxes.changeRate(scope, name, rate, from));
  }

  /** Takes a tax's rate away that has not begun. */
  public Taxes.Entry dropTaxRate(UUID tenant, String name, LocalDate from) throws SQLException {
    return tenants.<Taxes.Entry, SQLException>write(
        tenant, scope -> taxes.dropRate(scope, name, from));
  }

  /** Calls a tax something else. */
  public Taxes.Entry renameTax(UUID tenant, String name, String other) throws SQLException {
    return tenants.<Taxes.Entry, SQLException>write(
        tenant, scope -> taxes.rename(scope, name, other));
  }

  /** Writes all products into a file that is not there yet; see {@link CatalogueExport}. */
  public long exportCatalogue(UUID tenantId, Path file, ImportReport.Listener listener)
      throws IOException, SQLException {
    Currency currency = Currency.getInstance(tenant(tenantId).currency());
    return new CatalogueExport(tenants, feed).run(tenantId, currency, file, listener);
  }

  private Tenant tenant(UUID id) throws SQLException {
    return tenants.find(id).orElseThrow(() -> new RefusedException("There is no such tenant."));
  }

  private static void requireCurrency(String code) {
    try {
      if (Currency.getInstance(code).getDefaultFractionDigits() >= 0) {
        return;
      }
    } catch (IllegalArgumentException _) {
      // answered below
    }
    throw new RefusedException("There is no currency " + code + " in ISO 4217.");
  }

  private static final class Silent implements ImportReport.Listener {
    @Override
    public void warned(ImportReport.Remark remark) {}

    @Override
    public void refused(ImportReport.Remark remark) {}
  }
}
