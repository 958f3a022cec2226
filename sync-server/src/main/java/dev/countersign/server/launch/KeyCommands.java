package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys by which programs of a tenant use the interface. */
@Command(
    name = "key",
    description = "Add, list, rotate and end keys for programs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeyCommands.Add.class,
      KeyCommands.Listing.class,
      KeyCommands.Rotate.class,
      KeyCommands.End.class
    })
final class KeyCommands {
  private static final int DAYS = 90;
  private static final int OVERLAP_HOURS = 24;

  private static void print(Desk desk, ApiKeys.Made made) {
    desk.print(
        made.key() + "\nid " + made.id() + ", good until " + made.expires() + ", shown this once",
        Map.of("id", made.id(), "key", made.key(), "expires", made.expires()));
  }

  private static UUID id(@Nullable String typed) {
    try {
      return UUID.fromString(Desk.given(typed, "--key"));
    } catch (IllegalArgumentException _) {
      throw new RefusedException("A key is named by the id that the list shows.");
    }
  }

  /** Adds one. */
  @Command(
      name = "add",
      description = "Add a key and show it once.",
      mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--may",
        required = true,
        split = ",",
        paramLabel = "PERMISSION",
        description = "what it may do, such as audit.read; may be repeated")
    private List<String> permissions = List.of();

    @Option(
        names = "--from",
        defaultValue = "",
        paramLabel = "RANGE",
        description = "the addresses that may use it, such as 192.0.2.0/24 (default: all)")
    private String from = "";

    @Option(
        names = "--days",
        defaultValue = "" + DAYS,
        description = "how long it is good (default: ${DEFAULT-VALUE})")
    private int days = DAYS;

    @Parameters(paramLabel = "NAME", description = "what it is for")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      print(
          desk,
          desk.backroom()
              .admission()
              .addKey(
                  owner.id(),
                  Desk.given(name, "NAME"),
                  new LinkedHashSet<>(permissions),
                  from,
                  Duration.ofDays(days)));
      return OK;
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "List keys, never the keys themselves.",
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
      for (ApiKeys.ApiKey key : desk.backroom().admission().keys(owner.id())) {
        desk.print(
            String.join(
                "  ",
                key.id().toString(),
                String.join(",", key.scope()),
                key.address().isEmpty() ? "everywhere" : key.address(),
                "until " + key.expires(),
                key.used() == null ? "never used" : "used " + key.used(),
                key.name()),
            key);
      }
      return OK;
    }
  }

  /** Replaces one. */
  @Command(
      name = "rotate",
      description = "Show a new key; the old one goes on for the overlap.",
      mixinStandardHelpOptions = true)
  static final class Rotate extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--key", required = true, description = "id")
    private @Nullable String key;

    @Option(
        names = "--days",
        defaultValue = "" + DAYS,
        description = "how long the new one is good (default: ${DEFAULT-VALUE})")
    private int days = DAYS;

    @Option(
        names = "--overlap-hours",
        defaultValue = "" + OVERLAP_HOURS,
        description = "how long the old one goes on (default: ${DEFAULT-VALUE})")
    private int overlapHours = OVERLAP_HOURS;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      print(
          desk,
          desk.backroom()
              .admission()
              .rotateKey(
                  owner.id(), id(key), Duration.ofDays(days), Duration.ofHours(overlapHours)));
      return OK;
    }
  }

  /** Ends one. */
  @Command(name = "end", description = "End a key now.", mixinStandardHelpOptions = true)
  static final class End extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--key", required = true, description = "id")
    private @Nullable String key;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      UUID ended = id(key);
      desk.backroom().admission().endKey(owner.id(), ended);
      desk.print(ended + " has ended.", Map.of("ended", ended));
      return OK;
    }
  }
}
