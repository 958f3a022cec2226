package dev.countersign.server.move;

import dev.countersign.common.sql.Db;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.db.postgres.Postgres;
import dev.countersign.server.db.postgres.PostgresTenants;
import dev.countersign.server.export.Export;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Departure;
import dev.countersign.server.tenant.Luggage;
import dev.countersign.server.tenant.SqlFaults;
import dev.countersign.server.tenant.TableShape;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Moves a tenant from its file into PostgreSQL. Its writers wait meanwhile, so tills only queue.
 * Everything arrives in one transaction there, after it was compared: each table's rows, the whole
 * export, the tree over the leaves, every device's batches. The mark that it has left is durable
 * before that transaction is; whatever ends the move between the two is settled by looking at the
 * other side, so that there is never a second life.
 */
public final class TenantMove {
  private final Tenants from;
  private final ControlFile fromControl;
  private final Export export;
  private final Journal journal;

  public TenantMove(Tenants from, ControlFile fromControl, Export export, Journal journal) {
    this.from = from;
    this.fromControl = fromControl;
    this.export = export;
    this.journal = journal;
  }

  /** Where a tenant goes: the parts of an open server on PostgreSQL, which stay the caller's. */
  public record Destination(
      String folder, Postgres postgres, PostgresTenants tenants, ControlFile control) {}

  /**
   * What was carried over and found whole.
   *
   * @param rows in all tables
   * @param entries of the log, before the one that says it has moved
   */
  public record Moved(UUID tenant, int tables, long rows, long entries, long batches) {}

  /**
   * Moves a tenant.
   *
   * @throws RefusedException when the copy is not the same, the history was broken before, or the
   *     name is taken there; the tenant is then served here as before
   */
  public Moved run(UUID tenant, Destination to) throws IOException, SQLException {
    note(tenant, "tenant.move.begun");
    try {
      Moved moved =
          from.<Moved, IOException>write(
              tenant,
              scope -> {
                Moved carried = carry(scope, to);
                from.hasLeft(tenant);
                return carried;
              });
      return moved;
    } catch (IOException | SQLException | RuntimeException e) {
      if (!settle(tenant, to)) {
        note(tenant, "tenant.move.failed");
      }
      if (e instanceof SQLException sql && SqlFaults.of(sql) == SqlFaults.Fault.CONSTRAINT) {
        throw new RefusedException(
            "There is a tenant of this name or id there already; nothing was moved.");
      }
      throw e;
    }
  }

  /**
   * Finds out how a move ended that nobody saw the end of.
   *
   * @return true when the tenant has arrived there; else it is served here again
   */
  public boolean settle(UUID tenant, Destination to) throws SQLException {
    boolean leaving = from.departures().stream().map(Departure::tenant).anyMatch(tenant::equals);
    if (leaving && to.postgres().knows(tenant)) {
      from.hasLeft(tenant);
      return true;
    }
    from.stays(tenant);
    return false;
  }

  private void note(UUID tenant, String what) throws SQLException {
    from.<Boolean, SQLException>write(
        tenant,
        scope -> {
          journal.note(scope, what, tenant.toString());
          return true;
        });
  }

  private Moved carry(TenantScope scope, Destination to) throws IOException, SQLException {
    UUID tenant = scope.tenantId();
    ExportProof before = ExportProof.of(scope, export);
    ExportReport.Sound sound = sound(before);
    List<TableShape> shapes = TableShape.in(scope.db());
    try (Luggage luggage = Luggage.pack(fromControl, tenant)) {
      return to.tenants()
          .<Moved, IOException>admit(
              tenant,
              db -> scope(scope, luggage, to, db),
              there -> {
                long rows = copy(shapes, scope.db(), there.db());
                ExportProof after = ExportProof.of(there, export);
                sound(after);
                require(after.equals(before), "The export there is not the export here.");
                journal.note(there, "tenant.moved", tenant.toString(), rows + " rows");
                return new Moved(tenant, shapes.size(), rows, sound.entries(), sound.batches());
              },
              control -> {
                luggage.unpack(to.control(), control);
                from.leaves(tenant, to.folder());
                return true;
              });
    }
  }

  private static TenantScope scope(TenantScope here, Luggage luggage, Destination to, Db db) {
    return new TenantScope(
        here.tenantId(),
        here.currency(),
        here.environment(),
        db,
        luggage.logKey(),
        here.logOrigin(),
        to.control().serverKey(),
        luggage.sealingKey(),
        luggage.wipeKey(),
        here.clock());
  }

  /** Copies all, then reads all back. */
  private static long copy(List<TableShape> shapes, Db here, Db there) throws SQLException {
    Map<TableShape, Tally> sent = new LinkedHashMap<>();
    for (TableShape shape : shapes) {
      sent.put(shape, TableCopy.run(shape, here, there));
    }
    long rows = 0;
    for (var table : sent.entrySet()) {
      Tally arrived = Tally.inPostgres(there, table.getKey());
      require(
          arrived.equals(table.getValue()),
          "The rows of " + table.getKey().name() + " did not arrive as they were sent.");
      rows += arrived.rows();
    }
    return rows;
  }

  private static ExportReport.Sound sound(ExportProof proof) {
    return switch (proof.report()) {
      case ExportReport.Sound sound -> sound;
      // What others say against the log goes with it, word for word.
      case ExportReport.Contradicted contradicted -> contradicted.rest();
      case ExportReport.Broken broken ->
          throw new RefusedException(
              "The log does not verify: "
                  + broken.reason()
                  + " (line "
                  + broken.line()
                  + " of its export). Nothing was moved.");
    };
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new RefusedException(otherwise + " Nothing was moved.");
    }
  }
}
