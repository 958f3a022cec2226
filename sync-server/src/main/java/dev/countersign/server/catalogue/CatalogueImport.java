package dev.countersign.server.catalogue;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.csv.CsvRows;
import dev.countersign.common.guard.GovernmentId;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.catalogue.ImportReport.Remark;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.guard.TextRefusals;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the products of a file into a tenant's catalogue. A bad row is refused by itself. Rows are
 * written in runs of {@value #RUN}, so that a till is not kept waiting by a large file; a file that
 * is imported again changes only what differs.
 */
public final class CatalogueImport {
  private static final int RUN = 2_000;

  /** How imports are named where refusals are counted. */
  private static final String SURFACE = "import";

  private final Tenants tenants;
  private final FeedTable feed;
  private final Journal journal;
  private final TextRefusals refusals;

  public CatalogueImport(Tenants tenants, FeedTable feed, Journal journal, TextRefusals refusals) {
    this.tenants = tenants;
    this.feed = feed;
    this.journal = journal;
    this.refusals = refusals;
  }

  /**
   * Imports a file.
   *
   * @param usual the taxes of products of whose taxes it says nothing, as the column has them; null
   *     leaves these products' taxes as they are
   * @throws RefusedException when there are no such taxes
   * @throws IOException when the file cannot be read or its header is another one
   */
  public ImportReport run(
      UUID tenant,
      Currency currency,
      Path file,
      @Nullable String usual,
      ImportReport.Listener listener)
      throws IOException, SQLException {
    Tally tally = new Tally(listener);
    Set<String> seen = new HashSet<>();
    TaxNames taxes = taxes(tenant, usual);
    try (CsvRows rows =
        CsvRows.open(
            file,
            CatalogueRow.COLUMNS,
            List.of(CatalogueRow.FURTHER, CatalogueRow.TAXED, CatalogueRow.PRICED))) {
      List<CatalogueRow.Read> run = new ArrayList<>(RUN);
      for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
        CatalogueRow.Read product = product(row, tenant, currency, taxes, seen, tally);
        if (product != null) {
          run.add(product);
        }
        if (run.size() == RUN) {
          tally.changed += part(tenant, run);
          run.clear();
        }
      }
      tally.changed += last(tenant, run, tally);
    }
    return tally.report();
  }

  private TaxNames taxes(UUID tenant, @Nullable String usual) throws SQLException {
    TaxNames there =
        tenants.<TaxNames, SQLException>read(tenant, scope -> TaxNames.of(feed, scope));
    try {
      return usual == null ? there : there.withUsual(usual);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()) + ".");
    }
  }

  /** The product of an item number: always the same id, so that importing again is an update. */
  public static UUID productId(UUID tenant, String sku) {
    byte[] name = ("countersign product\n" + tenant + "\n" + sku).getBytes(StandardCharsets.UTF_8);
    return Hash.of(name).toUuid();
  }

  private static CatalogueRow.@Nullable Read product(
      CsvRows.Row row,
      UUID tenant,
      Currency currency,
      TaxNames taxes,
      Set<String> seen,
      Tally tally) {
    switch (row) {
      case CsvRows.Broken(long line, String reason) -> tally.refuse(line, reason);
      case CsvRows.Fields(long line, List<String> values) -> {
        switch (CatalogueRow.read(values, currency, sku -> productId(tenant, sku), taxes)) {
          case CatalogueRow.HoldsCardNumber(String column) -> {
            tally.cardNumbers++;
            tally.refuse(line, column + " holds what may be a card number");
          }
          case CatalogueRow.Refused(String reason) -> tally.refuse(line, reason);
          case CatalogueRow.Read read -> {
            tally.governmentIds.addAll(read.governmentIds());
            String sku = read.product().sku();
            if (seen.add(sku)) {
              tally.accept(line, read.warnings());
              return read;
            }
            tally.refuse(line, "item_number '" + sku + "' stands in the file already");
          }
        }
      }
    }
    return null;
  }

  /** Nothing changes without its entry, also when the file is not read to its end. */
  private long part(UUID tenant, List<CatalogueRow.Read> run) throws SQLException {
    return tenants.<Long, SQLException>write(
        tenant,
        scope -> {
          long changed = store(scope, run);
          journal.note(
              scope, "catalogue.imported.part", tenant.toString(), changed + " products changed");
          return changed;
        });
  }

  private long last(UUID tenant, List<CatalogueRow.Read> run, Tally tally) throws SQLException {
    return tenants.<Long, SQLException>write(
        tenant,
        scope -> {
          long changed = store(scope, run);
          journal.note(
              scope,
              "catalogue.imported",
              tenant.toString(),
              tally.accepted + " accepted, " + tally.refusedCount + " refused");
          if (tally.cardNumbers > 0) {
            refusals.refusedCard(scope, By.OPERATOR, SURFACE, tally.cardNumbers);
          }
          refusals.noticed(scope, By.OPERATOR, SURFACE, tally.governmentIds);
          return changed;
        });
  }

  private long store(TenantScope scope, List<CatalogueRow.Read> run) throws SQLException {
    long changed = 0;
    for (CatalogueRow.Read read : run) {
      UUID id = productId(scope.tenantId(), read.product().sku());
      // What the file says nothing of stays as it was set.
      if (feed.putProduct(scope, id, read.product(), read.minded(), read.priced(), read.taxed())) {
        changed++;
      }
    }
    return changed;
  }

  /** Counts while a file is read. */
  private static final class Tally {
    private final ImportReport.Listener listener;
    private final List<Remark> warnings = new ArrayList<>();
    private final List<Remark> refused = new ArrayList<>();
    private long accepted;
    private long changed;
    private long warningCount;
    private final EnumSet<GovernmentId> governmentIds = EnumSet.noneOf(GovernmentId.class);
    private long refusedCount;
    private long cardNumbers;

    Tally(ImportReport.Listener listener) {
      this.listener = listener;
    }

    void accept(long line, List<String> reasons) {
      accepted++;
      for (String reason : reasons) {
        Remark remark = new Remark(line, reason);
        warningCount++;
        keep(warnings, remark);
        listener.warned(remark);
      }
    }

    void refuse(long line, String reason) {
      Remark remark = new Remark(line, reason);
      refusedCount++;
      keep(refused, remark);
      listener.refused(remark);
    }

    ImportReport report() {
      return new ImportReport(accepted, changed, warningCount, refusedCount, warnings, refused);
    }

    private static void keep(List<Remark> remarks, Remark remark) {
      if (remarks.size() < ImportReport.KEPT) {
        remarks.add(remark);
      }
    }
  }
}
