package dev.countersign.server.launch;

import dev.countersign.server.move.TenantMove;
import dev.countersign.server.support.Support;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Departure;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Path;
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
    description = "Add, list and move tenants.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TenantCommands.Add.class,
      TenantCommands.Listing.class,
      TenantCommands.Move.class,
      ShareCommand.class
    })
final class TenantCommands {
  /** How a tenant is printed for a script. */
  record Shown(
      UUID id,
      String name,
      String currency,
      String environment,
      Instant created,
      String logKey,
      Support.Door operator) {
    static Shown of(Desk desk, Tenant tenant) throws SQLException {
      return new Shown(
          tenant.id(),
          tenant.name(),
          tenant.currency(),
          tenant.environment().word(),
          tenant.created(),
          desk.provisioning().logKey(tenant.id()),
          desk.backroom().oversight().door(tenant.id()));
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
        description = "that of the server, to be sure of it (default: that of the server)")
    private @Nullable String environment;

    @Option(
        names = "--self-run",
        description =
            "the business runs this server itself: whoever gives commands here is its owner, and"
                + " needs no approval; the log says so")
    private boolean selfRun;

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant tenant =
          desk.provisioning()
              .addTenant(Desk.given(name, "NAME"), Desk.given(currency, "--currency"), environment);
      if (selfRun) {
        desk.backroom().oversight().runsItself(tenant.id());
      }
      desk.print(tenant.id().toString(), Shown.of(desk, tenant));
      return OK;
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List tenants.", mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      for (Tenant tenant : desk.provisioning().tenants()) {
        desk.print(
            tenant.id()
                + "  "
                + tenant.currency()
                + "  "
                + tenant.environment().word()
                + "  "
                + tenant.name(),
            Shown.of(desk, tenant));
      }
      for (Departure left : desk.backroom().tenants().departures()) {
        desk.print(left.tenant() + "  moved to " + left.destination(), ShownDeparture.of(left));
      }
      return OK;
    }
  }

  /** How a tenant that has left is printed for a script. */
  record ShownDeparture(UUID id, String movedTo, boolean arrived) {
    static ShownDeparture of(Departure left) {
      return new ShownDeparture(left.tenant(), left.destination(), left.done());
    }
  }

  /** Moves one into PostgreSQL. */
  @Command(
      name = "move",
      description = {
        "Move a tenant from its file into PostgreSQL.",
        "Its tills queue meanwhile and go on with the other server, when that is reached under the"
            + " same address."
      },
      mixinStandardHelpOptions = true)
  static final class Move extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String name;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FOLDER",
        description = "the data folder of the other server: its postgres.properties names where")
    private @Nullable Path to;

    /** What is printed for a script. */
    record Done(UUID tenant, String to, TenantMove.Moved moved, boolean sameCertificate) {}

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant tenant = desk.tenant(Desk.given(name, "--tenant"));
      Path folder = desk.cwd().resolve(Desk.given(to, "--to")).normalize();
      Removal.Result result = desk.backroom().removal().move(tenant.id(), folder);
      TenantMove.Moved moved = result.moved();
      desk.print(
          "Moved "
              + tenant.name()
              + ": "
              + moved.rows()
              + " rows of "
              + moved.tables()
              + " tables, "
              + moved.entries()
              + " entries of the log verified, "
              + moved.batches()
              + " batches.",
          new Done(tenant.id(), folder.toString(), moved, result.sameCertificate()));
      if (!result.sameCertificate()) {
        desk.err()
            .println(
                "Devices know this server by its certificate, and the other one has another:"
                    + " put this folder's tls.pem there before it serves them.");
      }
      return OK;
    }
  }
}
