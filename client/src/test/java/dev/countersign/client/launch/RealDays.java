package dev.countersign.client.launch;

import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.FeedBody.Barcode;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.ShiftSettings;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The invoices of a file, read and added up with nothing of the program's own: what a till that
 * rings them up must come to. Amounts are pence or cents.
 *
 * @param currency of the shop, ISO 4217
 * @param invoices in the order of the file
 */
record RealDays(String currency, List<Invoice> invoices) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** A comma that does not stand between quotation marks. */
  private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  /**
   * One row.
   *
   * @param count below nothing for goods that came back
   */
  record Row(String code, String name, long count, long price) {
    long amount() {
      return count * price;
    }

    UUID product() {
      return Shelf.id("goods " + code);
    }
  }

  /**
   * @param customer empty where the file names none
   */
  record Invoice(String number, LocalDateTime at, String customer, List<Row> rows) {
    /** Whether it cancels what was sold before. */
    boolean takesBack() {
      return number.startsWith("C");
    }

    long total() {
      return rows.stream().mapToLong(Row::amount).sum();
    }

    /** The file does not say how anybody paid: here every customer of an odd number, by card. */
    boolean byCard() {
      return !customer.isEmpty() && Long.parseLong(customer) % 2 == 1;
    }

    /** What it comes to for each of the goods at each price, however often they were scanned. */
    List<Row> goods() {
      Map<String, Row> goods = new LinkedHashMap<>();
      for (Row row : rows) {
        goods.merge(
            row.code() + " " + row.price(),
            row,
            (one, more) ->
                new Row(one.code(), one.name(), one.count() + more.count(), one.price()));
      }
      return List.copyOf(goods.values());
    }

    /** Whether all of these goods were sold by this invoice, at these prices. */
    boolean sold(List<Row> back) {
      return back.stream()
          .allMatch(
              row ->
                  rows.stream()
                      .anyMatch(
                          mine ->
                              mine.code().equals(row.code())
                                  && mine.price() == row.price()
                                  && mine.count() >= -row.count()));
    }
  }

  /** What a day comes to. */
  record Day(LocalDate date, List<Invoice> invoices, Map<Invoice, Invoice> originals) {
    long total() {
      return invoices.stream().mapToLong(Invoice::total).sum();
    }

    long gross() {
      return invoices.stream().mapToLong(Invoice::total).filter(each -> each > 0).sum();
    }

    long returned() {
      return total() - gross();
    }

    long refunds() {
      return invoices.stream().filter(Invoice::takesBack).count();
    }

    long card() {
      return invoices.stream().filter(this::byCard).mapToLong(Invoice::total).sum();
    }

    long cash() {
      return invoices.stream().filter(each -> !byCard(each)).mapToLong(Invoice::total).sum();
    }

    /** Money goes back the way it came, and in cash where nobody knows. */
    private boolean byCard(Invoice invoice) {
      Invoice paid = invoice.takesBack() ? originals.get(invoice) : invoice;
      return paid != null && paid.byCard();
    }
  }

  /**
   * @param file beside this class, with the columns of the UCI repository's Online Retail
   */
  static RealDays read(String file, String currency) throws IOException {
    Map<String, Invoice> invoices = new LinkedHashMap<>();
    try (InputStream in = Objects.requireNonNull(RealDays.class.getResourceAsStream(file))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(COMMA, -1))
          .forEach(
              each ->
                  invoices
                      .computeIfAbsent(
                          each[0],
                          number ->
                              new Invoice(
                                  number,
                                  LocalDateTime.parse(each[4], TIME),
                                  each[6].replace(".0", ""),
                                  new ArrayList<>()))
                      .rows()
                      .add(
                          new Row(
                              each[1],
                              each[2].replace("\"", "").strip(),
                              Long.parseLong(each[3]),
                              new BigDecimal(each[5]).movePointRight(2).longValueExact())));
    }
    return new RealDays(currency, List.copyOf(invoices.values()));
  }

  /** Which invoice of the file sold what this one takes back; the latest, if there are several. */
  Optional<Invoice> original(Invoice back) {
    return invoices.stream()
        .takeWhile(each -> !each.equals(back))
        .filter(each -> !each.takesBack() && each.customer().equals(back.customer()))
        .filter(each -> each.sold(back.rows()))
        .reduce((_, later) -> later);
  }

  List<Day> days() {
    Map<Invoice, Invoice> originals = new LinkedHashMap<>();
    invoices.stream()
        .filter(Invoice::takesBack)
        .forEach(back -> original(back).ifPresent(sale -> originals.put(back, sale)));
    return invoices.stream()
        .map(each -> each.at().toLocalDate())
        .distinct()
        .map(
            date ->
                new Day(
                    date,
                    invoices.stream().filter(each -> each.at().toLocalDate().equals(date)).toList(),
                    originals))
        .toList();
  }

  /** What the goods cost in the shop: what they cost when the file first names them. */
  long listed(Row row) {
    return rows().filter(each -> each.code().equals(row.code())).findFirst().orElseThrow().price();
  }

  /** Rows of this day at another price than the listed one. */
  List<Row> repriced(Day day) {
    return day.invoices().stream()
        .flatMap(each -> each.rows().stream())
        .filter(row -> row.price() != listed(row))
        .toList();
  }

  Stream<Row> rows() {
    return invoices.stream().flatMap(each -> each.rows().stream());
  }

  /** The number on the receipt of an invoice, when they are rung up in their order. */
  String receipt(Invoice invoice) {
    return "R2-%06d".formatted(invoices.indexOf(invoice) + 1);
  }

  /** The shop and its goods, for the snapshot of a till; a blind count decides. */
  List<FeedItem> items() {
    List<FeedItem> items = new ArrayList<>();
    var settings =
        new SettingsItem(
                "Gifts", "Gifts", List.of(), List.of(), currency, 0, "HALF_UP", "CASH", 0, "UTC")
            .with(new ShiftSettings(true, true, 0L, List.of(), List.of(), List.of(), List.of()));
    items.add(FeedItem.of(1_000, Shelf.id("settings"), settings));
    Map<String, Row> goods = new LinkedHashMap<>();
    rows().forEach(row -> goods.putIfAbsent(row.code(), row));
    for (Row row : goods.values()) {
      items.add(
          FeedItem.of(
              1_000 + items.size(),
              row.product(),
              new ProductItem(
                  row.code(),
                  row.name(),
                  "Gifts",
                  "",
                  row.price(),
                  List.of(),
                  List.of(new Barcode(row.code(), Quantity.ONE)))));
    }
    return items;
  }
}
