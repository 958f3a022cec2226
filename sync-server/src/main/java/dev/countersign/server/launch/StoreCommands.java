package dev.countersign.server.launch;

import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.ReceiptLines;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores of a tenant. */
@Command(
    name = "store",
    description = "Add and list stores, and say how they count their drawers and are paid.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StoreCommands.Add.class,
      StoreCommands.Listing.class,
      StoreCommands.OnReceipts.class,
      ShiftsCommand.class,
      StorePaying.class,
      CounterCommands.Reasons.class,
      CounterCommands.Barcodes.class,
      CounterCommands.Hours.class,
      CounterCommands.Empties.class
    })
final class StoreCommands {
  /** Adds one. */
  @Command(name = "add", description = "Add a store.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--number",
        required = true,
        description = "1 to 8 capital letters and digits; stands on receipts")
    private @Nullable String number;

    @Option(
        names = "--time-zone",
        description =
            "where its business day begins, such as America/Chicago" + " (default: this machine's)")
    private @Nullable String zone;

    @Parameters(paramLabel = "NAME", description = "what the store is called")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Store store =
          desk.provisioning()
              .addStore(
                  desk.tenant(Desk.given(tenant, "--tenant")).id(),
                  Desk.given(number, "--number"),
                  Desk.given(name, "NAME"),
                  zone());
      desk.print(store.id().toString(), store);
      return OK;
    }

    private ZoneId zone() {
      try {
        return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
      } catch (DateTimeException _) {
        throw new RefusedException("There is no time zone " + zone + ".");
      }
    }
  }

  /** Says what its receipts say beside the sale. */
  @Command(
      name = "receipt",
      description = "Set what the store's receipts say above and below what was sold.",
      mixinStandardHelpOptions = true)
  static final class OnReceipts extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number, name or id")
    private @Nullable String store;

    @Option(
        names = "--above",
        paramLabel = "LINE",
        description = "name, address, tax number; once for each line, '' for none")
    private List<String> above = List.of();

    @Option(
        names = "--below",
        paramLabel = "LINE",
        description = "thanks, opening hours; once for each line, '' for none")
    private List<String> below = List.of();

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      SettingsItem after =
          desk.provisioning()
              .changeSettings(owner.id(), place.id(), now -> now.with(lines(now.receiptLines())));
      List<String> said = new ArrayList<>(after.receiptHeader());
      said.add("…");
      said.addAll(after.receiptFooter());
      desk.print(String.join(System.lineSeparator(), said), after.receiptLines());
      return OK;
    }

    /** What is not said stays. */
    private ReceiptLines lines(ReceiptLines now) {
      ReceiptLines next =
          new ReceiptLines(
              above.isEmpty() ? now.header() : said(above),
              below.isEmpty() ? now.footer() : said(below));
      if (!next.fits()) {
        throw new RefusedException(
            "At most "
                + ReceiptLines.MOST
                + " lines each, of at most "
                + ReceiptLines.LONGEST
                + " characters that can be printed.");
      }
      return next;
    }

    private static List<String> said(List<String> typed) {
      return typed.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List stores.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      for (Store store :
          desk.provisioning().stores(desk.tenant(Desk.given(tenant, "--tenant")).id())) {
        desk.print(store.id() + "  " + store.number() + "  " + store.name(), store);
      }
      return OK;
    }
  }
}
