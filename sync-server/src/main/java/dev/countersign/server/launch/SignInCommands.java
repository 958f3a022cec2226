package dev.countersign.server.launch;

import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people sign in with and what they may do, under {@code user}. */
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
    Touch touch() {
      return Touch.RECOVER;
    }

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
    Touch touch() {
      return Touch.RECOVER;
    }

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

  /** Gives a role in a place. */
  @Command(
      name = "role",
      description =
          "Give a person a role in the place of the one they have there; every session of theirs"
              + " ends.",
      mixinStandardHelpOptions = true)
  static final class ChangeRole extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Option(names = "--role", required = true, description = "one that `role list` names")
    private @Nullable String role;

    @ArgGroup private @Nullable Where where;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      String wanted = Desk.given(role, "--role");
      UUID store = Where.of(desk, owner, person, where);
      desk.backroom().admission().assign(owner.id(), person.id(), store, wanted);
      desk.print(
          person.name() + " is " + wanted + " now.",
          Map.of("changed", person.id().toString(), "role", wanted));
      return OK;
    }
  }

  /** Takes a role in a place away. */
  @Command(
      name = "unassign",
      description = "Take the role of a person in a place away; every session of theirs ends.",
      mixinStandardHelpOptions = true)
  static final class Unassign extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @ArgGroup(multiplicity = "1")
    private @Nullable Where where;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      UUID store = Where.of(desk, owner, person, where);
      desk.backroom().admission().unassign(owner.id(), person.id(), store);
      desk.print(
          person.name() + " has no role of their own there now.",
          Map.of("changed", person.id().toString()));
      return OK;
    }
  }

  /** Makes PINs void. */
  @Command(
      name = "reset-pin",
      description =
          "Make the PINs of a person void on every device; a join code lets them choose others.",
      mixinStandardHelpOptions = true)
  static final class ResetPin extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      desk.backroom().admission().resetPins(owner.id(), person.id());
      desk.print(
          "The PINs of " + person.name() + " open nothing from each device's next contact on.",
          Map.of("reset", person.id().toString()));
      return OK;
    }
  }

  /** Erases what is known of somebody who has left. */
  @Command(
      name = "erase",
      description = {
        "Erase the name and the network addresses of a person who has left.",
        "What they did stays under an id that leads to nobody; every proof of the log stays."
      },
      mixinStandardHelpOptions = true)
  static final class Erase extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.formerPerson(owner, Desk.given(user, "--user"));
      desk.backroom().admission().erase(owner.id(), person.id());
      desk.print(person.id() + " has no name any more.", Map.of("erased", person.id().toString()));
      return OK;
    }
  }

  /** Gives another name. */
  @Command(
      name = "rename",
      description = "Give a person another name; they sign in by it.",
      mixinStandardHelpOptions = true)
  static final class Rename extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Parameters(paramLabel = "NAME", description = "what people call them from now on")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      String wanted = Desk.given(name, "NAME");
      desk.backroom().admission().rename(owner.id(), person.id(), wanted);
      desk.print(
          person.name() + " is called " + wanted + " now.",
          Map.of("renamed", person.id().toString()));
      return OK;
    }
  }

  /** Where a role counts. */
  static final class Where {
    @Option(names = "--store", description = "number or id: there only")
    private @Nullable String store;

    @Option(names = "--all-stores", description = "where they have no other role")
    private boolean everywhere;

    /** The one place where somebody has a role needs not be named. */
    static @Nullable UUID of(Desk desk, Tenant tenant, Person person, @Nullable Where given)
        throws SQLException {
      if (given == null) {
        List<Assignment> roles =
            desk.backroom().admission().members(tenant.id()).stream()
                .filter(member -> member.person().id().equals(person.id()))
                .flatMap(member -> member.roles().stream())
                .toList();
        if (roles.size() != 1) {
          throw new RefusedException(
              person.name() + " has " + roles.size() + " roles; give --store or --all-stores.");
        }
        return roles.getFirst().store();
      }
      return given.store == null ? null : desk.store(tenant, given.store).id();
    }
  }
}
