package dev.countersign.server.launch;

import dev.countersign.server.tenant.Tenant;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tenants: the independent businesses on this server. */
@Command(
    name = "tenant",
    description = "Add and list tenants.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TenantCommands.Add.class, TenantCommands.Listing.class})
final class TenantCommands {
  /** How a tenant is printed for a script. */
  record Shown(
      UUID id, String name, String currency, String environment, Instant created, String logKey) {
    static Shown of(Desk desk, Tenant tenant) throws SQLException {
      return new Shown(
          tenant.id(),
          tenant.name(),
          tenant.currency(),
          tenant.environment(),
          tenant.created(),
          desk.provisioning().logKey(tenant.id()));
    }
  }

  /** Adds one. */
  @Command(name = "add", description = "Add a tenant.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Parameters(paramLabel = "NAME", description = "what the business is called")
    private @Nullable String name;

    @Option(names = "--currency", required = true, description = "ISO 4217, such as USD")
    private @Nullable String currency;

    @Option(
        names = "--environment",
        defaultValue = "production",
        description = "production, staging, practice or demo (default: ${DEFAULT-VALUE})")
    private @Nullable String environment;

    @Override
    int run(Desk desk) throws Exception {
      Tenant tenant =
          desk.provisioning()
              .addTenant(
                  Desk.given(name, "NAME"),
                  Desk.given(currency, "--currency"),
                  Desk.given(environment, "--environment"));
      desk.print(tenant.id().toString(), Shown.of(desk, tenant));
      return OK;
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List tenants.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Override
    int run(Desk desk) throws Exception {
      for (Tenant tenant : desk.provisioning().tenants()) {
        desk.print(
            tenant.id()
                + "  "
                + tenant.currency()
                + "  "
                + tenant.environment()
                + "  "
                + tenant.name(),
            Shown.of(desk, tenant));
      }
      return OK;
    }
  }
}
