package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Rules;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How long a business lets things stand. */
@Command(
    name = "rule",
    description = "List and set how long rights and keys last on devices.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RuleCommands.Listing.class, RuleCommands.Setting.class})
final class RuleCommands {
  /** How a rule is printed for a script. */
  record Shown(String name, Duration value) {}

  /** Lists them. */
  @Command(name = "list", description = "List the rules.", mixinStandardHelpOptions = true)
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
      for (Map.Entry<Rules.Name, Duration> rule : desk.deviceCare().rules(owner.id()).entrySet()) {
        Shown shown = new Shown(rule.getKey().word(), rule.getValue());
        desk.print(shown.name() + "  " + shown.value(), shown);
      }
      return OK;
    }
  }

  /** Sets one. */
  @Command(name = "set", description = "Set a rule.", mixinStandardHelpOptions = true)
  static final class Setting extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(
        index = "0",
        paramLabel = "RULE",
        description =
            "lease.sell, lease.override, lease.office, device.key, keep.till, keep.office or"
                + " feed.marks")
    private @Nullable String rule;

    @Parameters(
        index = "1",
        paramLabel = "TIME",
        description = "ISO 8601, such as PT8H for eight hours or P1D for a day")
    private @Nullable String value;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Rules.Name name =
          Rules.Name.named(Desk.given(rule, "RULE"))
              .orElseThrow(() -> new RefusedException("There is no rule " + rule + "."));
      Duration time;
      try {
        time = Duration.parse(Desk.given(value, "TIME"));
      } catch (DateTimeParseException _) {
        throw new RefusedException(value + " is no time; write PT8H for eight hours.");
      }
      desk.deviceCare().setRule(owner.id(), name, time);
      desk.print(name.word() + " is now " + time, new Shown(name.word(), time));
      return OK;
    }
  }
}
