package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import java.time.DateTimeException;
import java.time.ZoneId;
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
