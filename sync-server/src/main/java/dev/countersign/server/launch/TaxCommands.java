package dev.countersign.server.launch;

import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.tax.Tax;
import dev.countersign.common.tax.TaxRate;
import dev.countersign.common.tax.TaxRule;
import dev.countersign.server.catalogue.Taxes;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Taxes of a tenant. */
@Command(
    name = "tax",
    description = "Add and list taxes, rename them, and say from when which rate holds.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TaxCommands.Add.class,
      TaxCommands.Rate.class,
      TaxCommands.Drop.class,
      TaxCommands.Rename.class,
      TaxCommands.Listing.class
    })
final class TaxCommands {
  /** Adds one. */
  @Command(
      name = "add",
      description = "Add a tax, which products may name from then on.",
      mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--rate",
        required = true,
        description = "percent, such as 19 or 6.25; with --per-unit an amount of money")
    private @Nullable BigDecimal rate;

    @Option(names = "--per-unit", description = "an amount for each piece, such as a levy")
    private boolean perUnit;

    @Option(
        names = "--on-top",
        description = "added to the shelf price (default: the shelf price contains it)")
    private boolean onTop;

    @Option(
        names = "--taxed-itself",
        description = "taxes that a product names behind it are charged on it as well")
    private boolean taxedItself;

    @Option(
        names = "--on-price-only",
        description = "not charged on taxes that are taxed themselves")
    private boolean onPriceOnly;

    @Parameters(paramLabel = "NAME", description = "what receipts call it")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      TaxRule.Kind kind = perUnit ? TaxRule.Kind.PER_UNIT : TaxRule.Kind.PERCENT;
      Taxes.Entry tax =
          desk.provisioning()
              .addTax(
                  owner.id(),
                  new TaxItem(
                      Desk.given(name, "NAME"),
                      kind.name(),
                      Desk.given(rate, "--rate"),
                      !onTop,
                      taxedItself,
                      !onPriceOnly));
      print(desk, tax);
      return OK;
    }
  }

  /** Changes a rate. */
  @Command(
      name = "rate",
      description = "Change a tax's rate from a day on; tills that know of it change over alone.",
      mixinStandardHelpOptions = true)
  static final class Rate extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--from",
        paramLabel = "DAY",
        description = "first business day, such as 2027-01-01 (default: today)")
    private @Nullable LocalDate from;

    @Parameters(index = "0", paramLabel = "NAME", description = "what it is called")
    private @Nullable String name;

    @Parameters(index = "1", paramLabel = "RATE", description = "the new one")
    private @Nullable BigDecimal rate;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      print(
          desk,
          desk.provisioning()
              .changeTaxRate(owner.id(), Desk.given(name, "NAME"), Desk.given(rate, "RATE"), from));
      return OK;
    }
  }

  /** Takes a rate away that has not begun. */
  @Command(
      name = "drop",
      description = "Take a rate away that has not begun.",
      mixinStandardHelpOptions = true)
  static final class Drop extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--from",
        required = true,
        paramLabel = "DAY",
        description = "the business day on which it would begin")
    private @Nullable LocalDate from;

    @Parameters(paramLabel = "NAME", description = "what the tax is called")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      print(
          desk,
          desk.provisioning()
              .dropTaxRate(owner.id(), Desk.given(name, "NAME"), Desk.given(from, "--from")));
      return OK;
    }
  }

  /** Calls one something else. */
  @Command(
      name = "rename",
      description = "Call a tax something else on receipts to come.",
      mixinStandardHelpOptions = true)
  static final class Rename extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(index = "0", paramLabel = "NAME", description = "what it is called")
    private @Nullable String name;

    @Parameters(index = "1", paramLabel = "OTHER", description = "the new name")
    private @Nullable String other;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      print(
          desk,
          desk.provisioning()
              .renameTax(owner.id(), Desk.given(name, "NAME"), Desk.given(other, "OTHER")));
      return OK;
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List taxes.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      for (Taxes.Entry tax : desk.provisioning().taxes(owner.id())) {
        print(desk, tax);
      }
      return OK;
    }
  }

  private static void print(Desk desk, Taxes.Entry entry) {
    Tax tax = entry.tax();
    StringBuilder coming = new StringBuilder();
    for (TaxRate next : tax.after(entry.today())) {
      coming.append("  ").append(rate(tax, next.rate())).append(" from ").append(next.from());
    }
    desk.print(
        "%s  %s  %s  %s%s"
            .formatted(
                entry.id(),
                tax.name(),
                rate(tax, tax.on(entry.today())),
                tax.included() ? "in the price" : "on top",
                coming),
        entry);
  }

  private static String rate(Tax tax, BigDecimal rate) {
    return rate.toPlainString() + (tax.kind() == TaxRule.Kind.PERCENT ? " %" : " a piece");
  }
}
