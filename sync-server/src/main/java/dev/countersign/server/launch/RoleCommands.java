package dev.countersign.server.launch;

import dev.countersign.common.permission.Danger;
import dev.countersign.server.people.RoleBook;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Roles of a tenant. */
@Command(
    name = "role",
    description = "List, change, add and remove roles.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RoleCommands.Listing.class, RoleCommands.Set.class, RoleCommands.Remove.class})
final class RoleCommands {
  /** How a role is printed for a script. */
  record Shown(
      String name,
      boolean builtIn,
      int bearers,
      Map<String, String> permissions,
      List<String> dangers) {}

  /** Lists them. */
  @Command(
      name = "list",
      description =
          "List roles with what each may do, and what one person could do by it alone for which it"
              + " is better to need two.",
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
      for (RoleBook.Entry entry : desk.backroom().admission().roles(owner.id())) {
        Map<String, String> permissions = entry.role().permissions();
        desk.print(
            entry.role().name()
                + "  "
                + entry.bearers()
                + " people  "
                + permissions.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining(" "))
                + Danger.of(entry.role()).stream()
                    .map(danger -> "\n    alone: " + danger.sentence())
                    .collect(Collectors.joining()),
            new Shown(
                entry.role().name(),
                entry.builtIn(),
                entry.bearers(),
                permissions,
                Danger.of(entry.role()).stream().map(Danger::code).toList()));
      }
      return OK;
    }
  }

  /** Adds or changes one. */
  @Command(
      name = "set",
      description =
          "Say what a role may do; the role is added when there is none. What is not named is"
              + " denied. Every session of whoever bears it ends.",
      mixinStandardHelpOptions = true)
  static final class Set extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(index = "0", paramLabel = "ROLE", description = "what it is called")
    private @Nullable String role;

    @Option(
        names = "--may",
        split = ",",
        paramLabel = "KEY",
        description = "permission keys that are allowed")
    private String[] allowed = {};

    @Option(
        names = "--with-approval",
        split = ",",
        paramLabel = "KEY",
        description = "permission keys that need a second person")
    private String[] approved = {};

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Map<String, String> permissions = new HashMap<>();
      for (String key : approved) {
        permissions.put(key, "NEEDS_APPROVAL");
      }
      for (String key : allowed) {
        permissions.put(key, "ALLOWED");
      }
      String name = Desk.given(role, "ROLE");
      desk.backroom().admission().putRole(owner.id(), name, permissions);
      desk.print("The role " + name + " is as you said.", Map.of("changed", name));
      return OK;
    }
  }

  /** Removes one. */
  @Command(
      name = "remove",
      description = "Remove a role that nobody has.",
      mixinStandardHelpOptions = true)
  static final class Remove extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(index = "0", paramLabel = "ROLE", description = "what it is called")
    private @Nullable String role;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      String name = Desk.given(role, "ROLE");
      desk.backroom().admission().removeRole(owner.id(), name);
      desk.print("There is no role " + name + " any more.", Map.of("removed", name));
      return OK;
    }
  }
}
