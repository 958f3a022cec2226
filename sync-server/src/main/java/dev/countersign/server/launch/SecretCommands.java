package dev.countersign.server.launch;

import dev.countersign.server.account.By;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.integration.IntegrationSecrets;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Secrets of other systems, such as a webhook's. */
@Command(
    name = "secret",
    description = "Put, list and remove secrets of other systems; none is ever shown.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SecretCommands.Put.class,
      SecretCommands.Listing.class,
      SecretCommands.Remove.class,
      SecretCommands.Renew.class
    })
final class SecretCommands {
  /** Takes one in. */
  @Command(
      name = "put",
      description = "Take a secret in, or another value of it, from standard input.",
      mixinStandardHelpOptions = true)
  static final class Put extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--overlap-hours",
        defaultValue = "0",
        description = "how long the value before goes on (default: ${DEFAULT-VALUE})")
    private int overlapHours;

    @Parameters(paramLabel = "NAME", description = "such as woocommerce.webhook")
    private @Nullable String name;

    @Override
    boolean readsInput() {
      return true;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      String put = Desk.given(name, "NAME");
      boolean added =
          desk.backroom()
              .tenants()
              .<Boolean, SQLException>write(
                  owner.id(),
                  scope ->
                      desk.backroom()
                          .secrets()
                          .put(
                              scope,
                              By.OPERATOR,
                              put,
                              desk.input(),
                              Duration.ofHours(overlapHours)));
      String done = added ? "added" : "replaced";
      desk.print(put + " was " + done + ".", Map.of("name", put, "status", done));
      return OK;
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "List secrets with their age and last use, never the secrets themselves.",
      mixinStandardHelpOptions = true)
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
      List<IntegrationSecrets.Kept> all =
          desk.backroom()
              .tenants()
              .<List<IntegrationSecrets.Kept>, SQLException>read(
                  owner.id(), desk.backroom().secrets()::list);
      for (IntegrationSecrets.Kept kept : all) {
        desk.print(
            String.join(
                "  ",
                kept.name(),
                "since " + kept.changed(),
                kept.used() == null ? "never used" : "used " + kept.used(),
                kept.overlapUntil() == null ? "" : "the one before until " + kept.overlapUntil()),
            kept);
      }
      return OK;
    }
  }

  /** Takes one away. */
  @Command(name = "remove", description = "Remove a secret.", mixinStandardHelpOptions = true)
  static final class Remove extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(paramLabel = "NAME", description = "as the list shows it")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      String removed = Desk.given(name, "NAME");
      boolean there =
          desk.backroom()
              .tenants()
              .<Boolean, SQLException>write(
                  owner.id(),
                  scope -> desk.backroom().secrets().remove(scope, By.OPERATOR, removed));
      if (!there) {
        throw new RefusedException("There is no secret " + removed + ".");
      }
      desk.print(removed + " was removed.", Map.of("name", removed, "status", "removed"));
      return OK;
    }
  }

  /** Makes the key anew that they are sealed under. */
  @Command(
      name = "renew-key",
      description = "Make a new data key for a tenant and seal its secrets under it.",
      mixinStandardHelpOptions = true)
  static final class Renew extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      int sealed =
          desk.backroom()
              .tenants()
              .<Integer, SQLException>write(
                  owner.id(), scope -> desk.backroom().secrets().renew(scope, By.OPERATOR));
      desk.print(sealed + " secrets were sealed anew.", Map.of("secrets", sealed));
      return OK;
    }
  }
}
