package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import dev.countersign.client.ledger.CreditLeft;
import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.change.SaleCompleted.Line;
import dev.countersign.common.change.SaleCompleted.Means;
import dev.countersign.common.change.SaleCompleted.Off;
import dev.countersign.common.change.SaleCompleted.Paid;
import dev.countersign.common.change.SaleCompleted.Returned;
import dev.countersign.common.change.SaleCompleted.Tax;
import dev.countersign.common.money.Money;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.sale.LineFacts;
import dev.countersign.common.sale.Weighing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

// Long because whatever stands on a receipt is laid out here.
/**
 * Lays a receipt out for paper of a fixed width. What the till prints, what it shows on the screen
 * and what a test reads are these same lines. Immutable, safe for any thread.
 */
public final class ReceiptText {
  /** Characters on 80 mm paper in the usual font. */
  public static final int WIDE = 42;

  /** Characters on 58 mm paper. */
  public static final int NARROW = 32;

  private static final int NARROWEST = 24;
  private static final char ASCII_END = 0x7f;
  private static final DateTimeFormatter WALL_CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  /** Languages that are written from right to left: their receipts begin at the right edge. */
  private static final Set<String> FROM_RIGHT = Set.of("ar", "fa", "he", "ur");

  private record TaxRow(UUID rule, String name, String rate) {}

  private final int columns;
  private final ReceiptWords words;
  private final UnaryOperator<String> printable;
  private final ReceiptTemplate template;

  /** With everything that a receipt can show. */
  public ReceiptText(int columns, ReceiptWords words, UnaryOperator<String> printable) {
    this(columns, words, printable, ReceiptTemplate.usual());
  }

  /**
   * Takes the paper's width and what the printer can print.
   *
   * @param columns 24 or more
   * @param printable brings text into the printer's characters
   * @throws IllegalArgumentException when the paper is too narrow for an amount beside a name
   */
  public ReceiptText(
      int columns, ReceiptWords words, UnaryOperator<String> printable, ReceiptTemplate template) {
    if (columns < NARROWEST) {
      throw new IllegalArgumentException(columns + " columns are too narrow for a receipt");
    }
    this.columns = columns;
    this.words = words;
    this.printable = printable;
    this.template = template;
  }

  /** For a screen, which has all characters; only what steers a terminal or a printer goes. */
  public static ReceiptText forScreen(int columns, ReceiptWords words) {
    return forScreen(columns, words, ReceiptTemplate.usual());
  }

  /** The same, showing what this template shows. */
  public static ReceiptText forScreen(int columns, ReceiptWords words, ReceiptTemplate template) {
    return new ReceiptText(columns, words, ReceiptText::withoutControls, template);
  }

  /** All lines, from the top. */
  public List<ReceiptLine> lay(Receipt receipt) {
    ReceiptWords own = receipt.in(words);
    return (own.equals(words) ? this : new ReceiptText(columns, own, printable, template))
        .layInWords(receipt);
  }

  private List<ReceiptLine> layInWords(Receipt receipt) {
    Paper paper = new Paper(columns, FROM_RIGHT.contains(words.locale().getLanguage()));
    head(receipt, paper);
    String of = "";
    for (Line line : receipt.sale().lines()) {
      String from = comesFrom(line);
      if (!from.isEmpty() && !from.equals(of)) {
        paper.left(printable.apply(from));
      }
      of = from;
      item(line, receipt.sale(), paper);
    }
    if (!receipt.sale().lines().isEmpty()) {
      offAll(receipt.sale(), paper);
      paper.rule();
    }
    sums(receipt.sale(), paper);
    Receipt.Debt debt = receipt.debt();
    if (debt != null) {
      if (!debt.name().isEmpty()) {
        paper.left(printable.apply(debt.name()));
      }
      paper.pair(printable.apply(words.owed()), amount(debt.owed(), receipt.sale()), Style.BOLD);
    }
    for (CreditLeft left : receipt.left()) {
      String name =
          switch (left.kind()) {
            case GIFT_CARD -> words.leftOnGiftCard();
            case STORE_CREDIT -> words.leftOfStoreCredit();
          };
      paper.pair(
          printable.apply(left.ending().isEmpty() ? name : name + " *" + left.ending()),
          amount(left.left(), receipt.sale()),
          Style.BOLD);
    }
    paper.blank();
    if (!receipt.sale().note().isEmpty()) {
      paper.left(printable.apply(receipt.sale().note()));
      paper.blank();
    }
    for (String line : own(template.footer(), receipt.footer())) {
      paper.centred(printable.apply(line), Style.NORMAL);
    }
    marks(receipt, paper);
    for (CreditSlip slip : receipt.slips()) {
      slip(slip, receipt, paper);
    }
    return paper.lines();
  }

  /** To be cut off: whoever has this paper can spend what is on it. */
  private void slip(CreditSlip slip, Receipt receipt, Paper paper) {
    paper.blank();
    paper.rule();
    String name =
        switch (slip.kind()) {
          case GIFT_CARD -> words.giftCard();
          case STORE_CREDIT -> words.storeCredit();
        };
    paper.centred(printable.apply(receipt.store()), Style.BOLD);
    paper.pair(
        printable.apply(name + " " + receipt.sale().currency()),
        amount(slip.amount().minor(), receipt.sale()),
        Style.BOLD);
    paper.centred(slip.code(), Style.BOLD);
  }

  private void head(Receipt receipt, Paper paper) {
    marks(receipt, paper);
    for (String line : own(template.header(), receipt.header())) {
      paper.centred(printable.apply(line), Style.NORMAL);
    }
    if (template.store()) {
      paper.centred(printable.apply(receipt.store()), Style.BOLD);
    }
    paper.blank();
    paper.pair(
        printable.apply(words.receipt() + " " + receipt.sale().receipt()),
        WALL_CLOCK.format(receipt.at().atZone(receipt.zone())),
        Style.NORMAL);
    if (template.register()) {
      paper.left(printable.apply(words.register() + ": " + receipt.register()));
    }
    if (template.cashier()) {
      paper.left(printable.apply(words.cashier() + ": " + receipt.cashier()));
    }
    paper.rule();
  }

  private static List<String> own(List<String> ofTill, List<String> ofShop) {
    return ofTill.isEmpty() ? ofShop : ofTill;
  }

  /** What a customer must not overlook: this paper is no proof of purchase, or not the first. */
  private void marks(Receipt receipt, Paper paper) {
    if (!receipt.real()) {
      String environment = words.environment(receipt.environment());
      paper.centred(
          printable.apply("*** " + environment + " - " + words.notASale() + " ***"), Style.BOLD);
    }
    if (receipt.copy()) {
      paper.centred(printable.apply("*** " + words.copy() + " ***"), Style.BOLD);
    }
  }

  /** Under which receipt goods that come back were sold; empty for goods that are sold. */
  private String comesFrom(Line line) {
    Returned returned = line.returned();
    if (returned == null) {
      return "";
    }
    if (line.beside().empties()) {
      return words.empties();
    }
    return returned.receipt().isEmpty()
        ? words.withoutReceipt()
        : words.refundOf() + " " + returned.receipt();
  }

  private void item(Line line, SaleCompleted sale, Paper paper) {
    boolean withGoods = line.beside().deposit() != null;
    String name =
        printable.apply(
            (withGoods ? "  " : "") + (line.name().isBlank() ? line.code() : line.name()));
    // Before what comes off it: the rows under it and above the total take that away.
    long notPaid = taxNotPaid(line, sale);
    String amount =
        amount(line.amount() + notPaid + line.off().stream().mapToLong(Off::amount).sum(), sale);
    if (line.quantity().equals(Quantity.ONE) && line.beside().weighing() == null) {
      paper.pair(name, amount, Style.NORMAL);
    } else {
      paper.left(name);
      String kilograms = line.beside().weighing() == null ? "" : " kg";
      String count = "  " + decimal(line.quantity().toDecimalString()) + kilograms;
      Long unit = line.unit();
      paper.pair(
          printable.apply(unit == null ? count : count + " × " + amount(unit, sale)),
          amount,
          Style.NORMAL);
    }
    beside(line.beside(), paper);
    for (Off off : line.off()) {
      if (!off.onAll()) {
        paper.pair(printable.apply("  " + name(off)), amount(-off.amount(), sale), Style.NORMAL);
      }
    }
    if (notPaid != 0) {
      String taxes = line.exempted().stream().map(Tax::name).collect(Collectors.joining(", "));
      paper.pair(
          printable.apply("  " + taxes + " " + words.notCharged()),
          amount(-notPaid, sale),
          Style.NORMAL);
    }
    if (!line.note().isEmpty()) {
      paper.left(printable.apply("  " + line.note()));
    }
  }

  /** What came off the price of a line because the customer is exempt from the taxes in it. */
  private static long taxNotPaid(Line line, SaleCompleted sale) {
    Long unit = line.unit();
    if (unit == null || line.exempted().isEmpty()) {
      return 0;
    }
    long price =
        Money.of(unit, Currency.getInstance(sale.currency()))
            .times(line.quantity(), RoundingMode.HALF_UP)
            .minor();
    return price - line.amount() - line.off().stream().mapToLong(Off::amount).sum();
  }

  /** What a customer can check a weight by, and what tells the goods from others of their kind. */
  private void beside(LineFacts facts, Paper paper) {
    Weighing weighing = facts.weighing();
    if (weighing != null) {
      List<String> said = new ArrayList<>();
      if (weighing.tareGrams() > 0) {
        String tare = BigDecimal.valueOf(weighing.tareGrams(), 3).toPlainString();
        said.add(words.tare() + " " + decimal(tare) + " kg");
      }
      if (weighing.typed()) {
        said.add(words.typedWeight());
      }
      if (!said.isEmpty()) {
        paper.left(printable.apply("  " + String.join(", ", said)));
      }
    }
    if (!facts.batch().isEmpty()) {
      paper.left(printable.apply("  " + words.batch() + " " + facts.batch()));
    }
    if (!facts.serial().isEmpty()) {
      paper.left(printable.apply("  " + words.serial() + " " + facts.serial()));
    }
    if (facts.lastDay() != null) {
      paper.left(printable.apply("  " + words.lastDay() + " " + facts.lastDay()));
    }
  }

  /** The discounts on everything, each as the sum of what it takes off the lines. */
  private void offAll(SaleCompleted sale, Paper paper) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Line line : sale.lines()) {
      for (Off off : line.off()) {
        if (off.onAll()) {
          sums.merge(name(off), off.amount(), Math::addExact);
        }
      }
    }
    sums.forEach(
        (name, sum) -> paper.pair(printable.apply(name), amount(-sum, sale), Style.NORMAL));
  }

  private String name(Off off) {
    String reason = off.reason().isEmpty() ? words.discount() : off.reason();
    String percent = off.percent();
    return percent == null ? reason : "-" + decimal(percent) + " % " + reason;
  }

  private void sums(SaleCompleted sale, Paper paper) {
    long paidOff = sale.paidOff();
    paper.pair(
        printable.apply((paidOff > 0 ? words.paidOff() : words.total()) + " " + sale.currency()),
        amount(paidOff > 0 ? paidOff : sale.total(), sale),
        Style.LOUD);
    paper.blank();
    taxes(sale, paper);
    // A debt of the shop: paid for beside the goods, not one of them.
    for (SaleCompleted.Credit credit : sale.credits()) {
      paper.pair(
          printable.apply("+ " + words.giftCard()), amount(credit.amount(), sale), Style.NORMAL);
    }
    if (sale.tip() != 0) {
      paper.pair(printable.apply("+ " + words.tip()), amount(sale.tip(), sale), Style.NORMAL);
    }
    for (Paid paid : sale.tenders()) {
      if (paidOff > 0 && paid.means() == Means.ON_ACCOUNT) {
        continue;
      }
      paper.pair(printable.apply(tender(paid)), amount(paid.amount(), sale), Style.NORMAL);
    }
    if (sale.rounding() != 0) {
      paper.pair(printable.apply(words.rounding()), amount(sale.rounding(), sale), Style.NORMAL);
    }
    if (sale.change() != 0) {
      paper.pair(printable.apply(words.change()), amount(sale.change(), sale), Style.BOLD);
    }
  }

  private void taxes(SaleCompleted sale, Paper paper) {
    // Where an account is paid off there is no tax to be exempt from.
    if (!sale.paysOff() && sale.customer() != null && !sale.customer().exemption().isEmpty()) {
      paper.left(printable.apply(words.exempt() + " " + sale.customer().exemption()));
    }
    Map<TaxRow, long[]> rows = new LinkedHashMap<>();
    for (Line line : sale.lines()) {
      for (Tax tax : line.taxes()) {
        long[] sums =
            rows.computeIfAbsent(new TaxRow(tax.rule(), tax.name(), tax.rate()), _ -> new long[2]);
        sums[0] = Math.addExact(sums[0], tax.base());
        sums[1] = Math.addExact(sums[1], tax.amount());
      }
    }
    rows.forEach(
        (row, sums) ->
            paper.pair(
                printable.apply(
                    words.includedTax()
                        + " "
                        + row.name()
                        + " "
                        + words.on()
                        + " "
                        + amount(sums[0], sale)),
                amount(sums[1], sale),
                Style.NORMAL));
  }

  private String tender(Paid paid) {
    String name =
        switch (paid.means()) {
          case CASH -> words.cash();
          case CARD -> words.card();
          case MOBILE_MONEY -> words.mobileMoney();
          case VOUCHER -> words.voucher();
          case GIFT_CARD -> words.giftCard();
          case STORE_CREDIT -> words.storeCredit();
          case ON_ACCOUNT -> words.onAccount();
        };
    if (!paid.lastFour().isEmpty()) {
      return name + " *" + paid.lastFour();
    }
    // What a customer without a card needs to find the payment again.
    return paid.means() != Means.CARD && !paid.reference().isEmpty()
        ? name + " " + paid.reference()
        : name;
  }

  private String amount(long minor, SaleCompleted sale) {
    return decimal(Money.of(minor, Currency.getInstance(sale.currency())).toDecimalString());
  }

  /**
   * A decimal with the language's marks. Digits are always 0 to 9 and marks always ASCII: those are
   * on every code page, and an amount must never be unreadable.
   */
  private String decimal(String plain) {
    BigDecimal value = new BigDecimal(plain);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(words.locale());
    symbols.setZeroDigit('0');
    symbols.setMinusSign('-');
    if (symbols.getDecimalSeparator() >= ASCII_END) {
      symbols.setDecimalSeparator('.');
    }
    if (symbols.getGroupingSeparator() >= ASCII_END) {
      symbols.setGroupingSeparator(' ');
    }
    DecimalFormat format = new DecimalFormat("#,##0", symbols);
    format.setMinimumFractionDigits(Math.max(0, value.scale()));
    format.setMaximumFractionDigits(Math.max(0, value.scale()));
    return format.format(value);
  }

  private static String withoutControls(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Alphabet.isInvisible(c))
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
