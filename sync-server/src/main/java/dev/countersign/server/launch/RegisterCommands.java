package dev.countersign.server.launch;

import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers of a store. */
@Command(
    name = "register",
    description = "Add and list registers.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RegisterCommands.Add.class, RegisterCommands.Listing.class})
final class RegisterCommands {
  /** Adds one. */
  @Command(name = "add", description = "Add a register.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number or id")
    private @Nullable String store;

    @Parameters(paramLabel = "NAME", description = "1 to 7 capital letters and digits")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      Register register =
          desk.provisioning().addRegister(owner.id(), place.id(), Desk.given(name, "NAME"));
      desk.print(register.id().toString(), register);
      return OK;
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List registers.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", required = true, description = "number or id")
    private @Nullable String store;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Store place = desk.store(owner, Desk.given(store, "--store"));
      for (Register register : desk.provisioning().registers(owner.id(), place.id())) {
        desk.print(register.id() + "  " + register.name(), register);
      }
      return OK;
    }
  }
}
