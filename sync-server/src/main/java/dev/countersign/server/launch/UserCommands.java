package dev.countersign.server.launch;

import dev.countersign.server.account.Assignment;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Store;
import dev.countersign.server.people.Leaving;
import dev.countersign.server.people.Staff;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** People of a tenant. */
@Command(
    name = "user",
    description = "Add and list people, and let them onto a further device.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UserCommands.Add.class,
      UserCommands.Listing.class,
      UserCommands.JoinCode.class,
      SignInCommands.PasswordCode.class,
      SignInCommands.ForgetFactor.class,
      SignInCommands.ChangeRole.class,
      SignInCommands.Unassign.class,
      SignInCommands.ResetPin.class,
      SignInCommands.Rename.class,
      SignInCommands.Erase.class,
      UserCommands.End.class
    })
final class UserCommands {
  /** How a person is printed for a script. */
  record Shown(Person person, List<Assignment> roles, Leaving.@Nullable View leaving) {}

  /** How somebody's end is printed for a script. */
  record Ended(UUID ended, Leaving.View leaving) {}

  /** Which devices know it, in words. */
  private static String heard(Leaving.View left) {
    long all = left.devices().size();
    long confirmed = left.devices().stream().filter(device -> device.confirmedAt() != null).count();
    return left.complete()
        ? ", every device since " + left.completeAt()
        : ", " + confirmed + " of " + all + " devices confirmed";
  }

  /** Adds one. */
  @Command(name = "add", description = "Add a person.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", description = "number or id of their one store (default: all)")
    private @Nullable String store;

    @Option(
        names = "--role",
        required = true,
        description = "cashier, supervisor, manager, owner, accountant or one of your own")
    private @Nullable String role;

    @Parameters(paramLabel = "NAME", description = "what people call them")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person =
          desk.provisioning()
              .addUser(
                  owner.id(),
                  Desk.given(name, "NAME"),
                  Desk.given(role, "--role"),
                  store == null ? null : desk.store(owner, store).id());
      desk.print(person.id().toString(), person);
      return OK;
    }
  }

  /** Lists them. */
  @Command(name = "list", description = "List people.", mixinStandardHelpOptions = true)
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
      List<Store> stores = desk.provisioning().stores(owner.id());
      for (Staff.Member member : desk.backroom().admission().members(owner.id())) {
        desk.print(
            member.person().id()
                + "  "
                + member.roles().stream()
                    .map(role -> role.role() + place(stores, role))
                    .collect(Collectors.joining(", "))
                + "  "
                + member.person().name()
                + (member.person().active()
                    ? ""
                    : "  (left" + heard(left(desk, owner, member)) + ")"),
            new Shown(
                member.person(),
                member.roles(),
                member.person().active() ? null : left(desk, owner, member)));
      }
      return OK;
    }

    private static Leaving.View left(Desk desk, Tenant owner, Staff.Member member)
        throws SQLException {
      return desk.backroom().admission().leaving(owner.id(), member.person().id());
    }

    private static String place(List<Store> stores, Assignment role) {
      return stores.stream()
          .filter(store -> store.id().equals(role.store()))
          .map(store -> " in " + store.number())
          .findFirst()
          .orElse("");
    }
  }

  /** Prints a code for a further device. */
  @Command(
      name = "join-code",
      description =
          "Print a single-use code, good for a day, by which a person chooses a PIN on a"
              + " further device.",
      mixinStandardHelpOptions = true)
  static final class JoinCode extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      String code = desk.provisioning().joinCode(owner.id(), person.id());
      desk.print(code, Map.of("code", code));
      return OK;
    }
  }

  /** Marks one as having left. */
  @Command(
      name = "end",
      description = "Mark a person as having left: devices forget them at the next contact.",
      mixinStandardHelpOptions = true)
  static final class End extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--user", required = true, description = "name or id")
    private @Nullable String user;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      desk.provisioning().endUser(owner.id(), person.id());
      Leaving.View left = desk.backroom().admission().leaving(owner.id(), person.id());
      String open =
          left.devices().stream()
              .filter(device -> device.confirmedAt() == null)
              .map(
                  device ->
                      "\n  not yet on "
                          + device.name()
                          + (device.state() == Device.State.REVOKED
                              ? " (out of use: nothing it sends counts)"
                              : ", last seen " + device.lastSeen()))
              .collect(Collectors.joining());
      desk.print(
          person.name() + " has left" + heard(left) + "." + open, new Ended(person.id(), left));
      return OK;
    }
  }
}
