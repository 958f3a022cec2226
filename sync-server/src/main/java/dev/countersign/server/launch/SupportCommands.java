package dev.countersign.server.launch;

import dev.countersign.server.support.Access;
import dev.countersign.server.support.Support;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The operator asks an owner to be let at the business's data. */
@Command(
    name = "support",
    description = "Ask an owner to be let at a business's data for a time, and see the answer.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SupportCommands.Ask.class, SupportCommands.Listing.class})
final class SupportCommands {
  /** How a request is printed for a script. */
  record Shown(
      UUID id,
      Instant askedAt,
      String reason,
      int hours,
      boolean write,
      boolean ownerLockedOut,
      Access.State state,
      @Nullable Instant expires,
      long uses) {
    static Shown of(Access access, Instant now) {
      return new Shown(
          access.id(),
          access.askedAt(),
          access.reason(),
          access.hours(),
          access.writing(),
          access.lockedOut(),
          access.state(now),
          access.expires(),
          access.uses());
    }
  }

  /** How the operator stands to a tenant, for a script. */
  record ShownAll(Support.Door operator, List<Shown> access) {}

  /** Asks. */
  @Command(name = "ask", description = "Ask an owner.", mixinStandardHelpOptions = true)
  static final class Ask extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--reason", required = true, description = "what for; the owner reads it")
    private @Nullable String reason;

    @Option(names = "--hours", required = true, description = "for how long, 1 to 168")
    private int hours;

    @Option(names = "--write", description = "to change something as well")
    private boolean write;

    @Option(
        names = "--owner-locked-out",
        description =
            "no owner can sign in: unanswered for 72 hours, it lets you make password codes and"
                + " take lost second factors away for 24 hours, and nothing else")
    private boolean lockedOut;

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Access asked =
          desk.backroom()
              .oversight()
              .ask(owner.id(), Desk.given(reason, "--reason"), hours, write, lockedOut);
      desk.print(
          "Asked: " + asked.id() + ". An owner answers it in the office.",
          Shown.of(asked, desk.backroom().now()));
      return OK;
    }
  }

  /** Lists what was asked. */
  @Command(
      name = "list",
      description = "List what was asked, and how the operator stands to the tenant.",
      mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Instant now = desk.backroom().now();
      Support.Door door = desk.backroom().oversight().door(owner.id());
      List<Shown> all =
          desk.backroom().oversight().asked(owner.id()).stream()
              .map(access -> Shown.of(access, now))
              .toList();
      StringBuilder text =
          new StringBuilder(
              switch (door) {
                case SETTING_UP -> "No owner can sign in yet: open to set the business up.";
                case SELF_RUN -> "The business runs its server itself: the operator is the owner.";
                case CLOSED -> "Only with an owner's approval.";
              });
      for (Shown each : all) {
        text.append("\n")
            .append(each.id())
            .append(each.write() ? "  write  " : "  read  ")
            .append(each.state())
            .append(each.expires() == null ? "" : " until " + each.expires())
            .append("  ")
            .append(each.uses())
            .append(" uses  ")
            .append(each.reason());
      }
      desk.print(text.toString(), new ShownAll(door, all));
      return OK;
    }
  }
}
