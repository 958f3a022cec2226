package dev.countersign.server.launch;

import dev.countersign.server.account.Person;
import dev.countersign.server.tenant.Tenant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What people sign in with, under {@code user}. */
final class SignInCommands {
  private SignInCommands() {}

  /** Prints a code to set a password with. */
  @Command(
      name = "password-code",
      description =
          "Print a single-use code, good for a day, by which a person sets a password for the"
              + " server's interface.",
      mixinStandardHelpOptions = true)
  static final class PasswordCode extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      String code = desk.backroom().admission().passwordCode(owner.id(), person.id());
      desk.print(code, Map.of("code", code));
      return OK;
    }
  }

  /** Takes a second factor away. */
  @Command(
      name = "forget-second-factor",
      description =
          "Take a lost second factor away: every session ends, and the person sets up another"
              + " one after the next sign-in.",
      mixinStandardHelpOptions = true)
  static final class ForgetFactor extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      desk.backroom().admission().forgetFactor(owner.id(), person.id());
      desk.print(
          person.name() + " has no second factor now.",
          Map.of("forgotten", person.id().toString()));
      return OK;
    }
  }

  /** Gives another role. */
  @Command(
      name = "role",
      description = "Give a person another role; every session of theirs ends.",
      mixinStandardHelpOptions = true)
  static final class ChangeRole extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Option(
        names = "--role",
        required = true,
        description = "cashier, supervisor, manager, owner or accountant")
    private @Nullable String role;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      String wanted = Desk.given(role, "--role");
      desk.backroom().admission().changeRole(owner.id(), person.id(), wanted);
      desk.print(
          person.name() + " is " + wanted + " now.",
          Map.of("changed", person.id().toString(), "role", wanted));
      return OK;
    }
  }
}
