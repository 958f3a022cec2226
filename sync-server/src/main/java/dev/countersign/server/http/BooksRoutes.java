package dev.countersign.server.http;

import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.json.Json;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.Verdict;
import dev.countersign.server.account.Journal;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.export.Export;
import dev.countersign.server.ingest.ServerBooks;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Reading the books and the log, and taking the log away. */
public final class BooksRoutes {
  private static final int ENTRIES_AT_A_TIME = 200;
  private static final int CHUNK = 32 * 1024;

  private final Tenants tenants;
  private final AuditLog log;
  private final Export export;
  private final Journal journal;
  private final ServerBooks books = new ServerBooks();

  public BooksRoutes(Tenants tenants, AuditLog log, Export export, Journal journal) {
    this.tenants = tenants;
    this.log = log;
    this.export = export;
    this.journal = journal;
  }

  /** Of the whole business. */
  record ShownBooks(
      ServerBooks.Total total,
      List<ServerBooks.StoreTotal> stores,
      Map<Verdict, Long> salesByVerdict) {}

  /** Of the stores in which a person looks at the books. */
  record ShownStores(List<ServerBooks.StoreTotal> stores) {}

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.BOOKS, Access.person(PermissionKey.OFFICE_OPEN), this::books),
        Route.get(Routes.AUDIT, Access.person(PermissionKey.AUDIT_READ), this::audit),
        Route.get(Routes.EXPORT, Access.person(PermissionKey.EXPORT_RUN), this::export));
  }

  private void books(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    exchange.answerJson(
        tenants.<Record, SQLException>read(
            caller.tenant(),
            scope ->
                caller.mayEverywhere(PermissionKey.OFFICE_OPEN)
                    ? new ShownBooks(
                        books.grandTotal(scope), books.perStore(scope), books.salesByVerdict(scope))
                    : new ShownStores(
                        books.perStore(scope).stream()
                            .filter(store -> caller.sees(PermissionKey.OFFICE_OPEN, store.store()))
                            .toList())));
  }

  /** The entries are written as they were hashed, so that whoever reads them can verify them. */
  private void audit(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange, PermissionKey.AUDIT_READ);
    long after = exchange.queryNumber("after");
    byte[] page = tenants.<byte[], SQLException>read(caller.tenant(), scope -> page(scope, after));
    exchange.answerJsonBytes(page);
  }

  private byte[] page(TenantScope scope, long after) throws SQLException {
    long size = log.size(scope);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("{\"size\":" + size + ",\"entries\":[").getBytes(StandardCharsets.UTF_8));
    long end = Math.min(size, after + ENTRIES_AT_A_TIME);
    for (long index = after; index < end; index++) {
      if (index > after) {
        out.write(',');
      }
      long missing = index;
      out.writeBytes(
          log.leaf(scope, index)
              .orElseThrow(() -> new SQLException("entry " + missing + " is gone")));
    }
    out.writeBytes("],\"openings\":".getBytes(StandardCharsets.UTF_8));
    out.writeBytes(Json.encode(openings(scope, after, end)));
    out.writeBytes("}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /**
   * Where a person came from, as far as it was not erased: the entry commits to it.
   *
   * @param salt Base64
   */
  record ShownOpening(long entry, String salt, String address) {}

  private List<ShownOpening> openings(TenantScope scope, long from, long to) throws SQLException {
    return log.openings(scope, from, to).stream()
        .map(
            each ->
                new ShownOpening(each.entry(), StrictBase64.encode(each.salt()), each.address()))
        .toList();
  }

  /** Left unfinished when anything fails midway: its last line, the signature, is not there. */
  @SuppressWarnings("resource")
  private void export(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange, PermissionKey.EXPORT_RUN);
    tenants.<Boolean, SQLException>write(
        caller.tenant(),
        scope -> {
          journal.note(scope, Gate.by(caller), "export.made", caller.tenant().toString(), "");
          return true;
        });
    GZIPOutputStream out =
        new GZIPOutputStream(exchange.answerStream("text/plain; charset=utf-8"), CHUNK);
    export.write(work -> tenants.<Boolean, SQLException>read(caller.tenant(), work), out);
    out.close();
  }

  /** The log is of the whole business: nobody who is confined to some stores reads it. */
  private static Caller everywhere(Exchange exchange, PermissionKey key) {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(key)) {
      throw Gate.notPermitted();
    }
    return caller;
  }
}
