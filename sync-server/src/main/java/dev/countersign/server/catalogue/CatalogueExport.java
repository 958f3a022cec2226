package dev.countersign.server.catalogue;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.csv.CsvLine;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.server.catalogue.ImportReport.Remark;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes a tenant's products into a file in the very columns that {@link CatalogueImport} takes.
 * Each row is read again as the import reads it: what it would not give back is told of.
 */
public final class CatalogueExport {
  private static final List<String> COLUMNS = CatalogueRow.ALL;

  private static final String MILLILITRES = " ml";

  private final Tenants tenants;
  private final FeedTable feed;

  public CatalogueExport(Tenants tenants, FeedTable feed) {
    this.tenants = tenants;
    this.feed = feed;
  }

  /**
   * Writes the file, which must not be there.
   *
   * @param listener is warned of what an import of the file would lose or refuse
   * @return how many products there are
   */
  public long run(UUID tenant, Currency currency, Path file, ImportReport.Listener listener)
      throws IOException, SQLException {
    try (BufferedWriter out =
        Files.newBufferedWriter(
            file,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)) {
      out.write(CsvLine.of(COLUMNS));
      out.newLine();
      return tenants.<Long, IOException>read(
          tenant,
          scope ->
              new Rows(tenant, currency, TaxNames.of(feed, scope), out, listener).write(scope));
    }
  }

  /** One file. */
  private final class Rows {
    private final UUID tenant;
    private final Currency currency;
    private final TaxNames taxes;
    private final BufferedWriter out;
    private final ImportReport.Listener listener;
    private final Map<UUID, String> containers = new HashMap<>();
    private long line = 1;

    Rows(
        UUID tenant,
        Currency currency,
        TaxNames taxes,
        BufferedWriter out,
        ImportReport.Listener listener) {
      this.tenant = tenant;
      this.currency = currency;
      this.taxes = taxes;
      this.out = out;
      this.listener = listener;
    }

    long write(TenantScope scope) throws IOException, SQLException {
      feed.<IOException>products(
          scope,
          (id, product) -> {
            if (product.handled().container()) {
              containers.put(id, product.sku());
            }
          });
      feed.<IOException>products(scope, this::row);
      return line - 1;
    }

    private void row(UUID id, ProductItem product) throws IOException {
      line++;
      List<String> fields = fields(product);
      out.write(CsvLine.of(fields));
      out.newLine();
      String lost = lost(id, product, fields);
      if (!lost.isEmpty()) {
        listener.warned(new Remark(line, lost));
      }
    }

    private List<String> fields(ProductItem product) {
      List<String> fields = new ArrayList<>(Collections.nCopies(COLUMNS.size(), ""));
      set(fields, "item_number", product.sku());
      set(fields, "description", product.name());
      set(fields, "category", product.category());
      set(fields, "bottle_retail", Money.of(product.price(), currency).toDecimalString());
      if (product.size().endsWith(MILLILITRES)) {
        set(
            fields,
            "bottle_ml",
            product.size().substring(0, product.size().length() - MILLILITRES.length()));
      }
      List<Barcode> left = new ArrayList<>(product.barcodes());
      Optional<Barcode> single =
          left.stream().filter(code -> code.pack().equals(Quantity.ONE)).findFirst();
      if (single.isPresent()) {
        set(fields, "upc", single.get().code());
        left.remove(single.get());
      }
      if (!left.isEmpty()) {
        set(fields, "scc", left.getFirst().code());
        set(fields, "pack", left.getFirst().pack().toDecimalString());
      }
      Handling minded = product.handled();
      set(fields, "least_age", minded.leastAge() == 0 ? "" : "" + minded.leastAge());
      set(fields, "restricted", minded.restricted());
      set(fields, "by_weight", minded.weighed() ? "yes" : "");
      set(fields, "is_deposit", minded.container() ? "yes" : "");
      List<String> deposits = new ArrayList<>();
      for (Deposit deposit : minded.deposits()) {
        deposits.add(
            containers.getOrDefault(deposit.product(), "?")
                + "*"
                + deposit.each().toDecimalString());
      }
      set(fields, "deposits", String.join(" ", deposits));
      set(fields, "taxes", taxes.write(product.taxes()));
      set(fields, "open_price", minded.asksPrice() ? "yes" : "");
      return fields;
    }

    /** What an import of this row would make otherwise, or why it takes none; empty for nothing. */
    private String lost(UUID id, ProductItem product, List<String> fields) {
      return switch (CatalogueRow.read(
          fields, currency, sku -> CatalogueImport.productId(tenant, sku), taxes)) {
        case CatalogueRow.HoldsCardNumber(String column) ->
            column + " holds what may be a card number: an import refuses the row";
        case CatalogueRow.Refused(String reason) -> reason + ": an import refuses the row";
        case CatalogueRow.Read(
                ProductItem again,
                boolean _,
                boolean _,
                boolean _,
                var _,
                var _) -> {
          List<String> others = new ArrayList<>();
          note(others, "the size", again.size().equals(product.size()));
          note(others, "barcodes", codes(again).equals(codes(product)));
          note(others, "taxes", again.taxes().equals(product.taxes()));
          note(others, "what is to be minded of it", again.handled().equals(product.handled()));
          note(
              others,
              "the product, which has another id",
              CatalogueImport.productId(tenant, product.sku()).equals(id));
          note(
              others,
              "name, category or price",
              again.name().equals(product.name())
                  && again.category().equals(product.category())
                  && again.price() == product.price());
          yield others.isEmpty()
              ? ""
              : "an import of the row would change " + String.join(", ", others);
        }
      };
    }

    private static String codes(ProductItem product) {
      return product.barcodes().stream()
          .map(code -> code.code() + "*" + code.pack().toDecimalString())
          .sorted()
          .collect(Collectors.joining(" "));
    }

    private static void note(List<String> others, String what, boolean same) {
      if (!same) {
        others.add(what);
      }
    }
  }

  private static void set(List<String> fields, String column, String value) {
    fields.set(COLUMNS.indexOf(column), value);
  }
}
