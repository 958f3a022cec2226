package dev.countersign.server.launch;

import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Devices of a tenant. */
@Command(
    name = "device",
    description = "Enrol, list and revoke devices.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeviceCommands.Code.class,
      DeviceCommands.Listing.class,
      DeviceCommands.Revoke.class,
      ReleaseCommand.class
    })
final class DeviceCommands {
  /** Prints a ticket. */
  @Command(
      name = "code",
      description =
          "Print a single-use line, good for ten minutes, that enrols a till or an" + " office.",
      mixinStandardHelpOptions = true)
  static final class Code extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--store", description = "number or id of the register's store")
    private @Nullable String store;

    @ArgGroup(multiplicity = "1")
    private @Nullable Place place;

    @Option(
        names = "--user",
        required = true,
        description = "name or id of the person who chooses the first PIN")
    private @Nullable String user;

    /** A till's register or an office's store. */
    static final class Place {
      @Option(names = "--register", description = "id, or name together with --store: a till")
      private @Nullable String register;

      @Option(names = "--store-office", description = "number or id of a store: a back office")
      private @Nullable String storeOffice;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Person person = desk.person(owner, Desk.given(user, "--user"));
      Place wanted = Desk.given(place, "--register or --store-office");
      String office = wanted.storeOffice;
      EnrolmentTicket ticket =
          office == null
              ? desk.provisioning()
                  .tillTicket(
                      owner.id(),
                      register(desk, owner, Desk.given(wanted.register, "--register")),
                      person.id())
              : desk.provisioning()
                  .officeTicket(owner.id(), desk.store(owner, office).id(), person.id());
      desk.print(ticket.text(), Map.of("ticket", ticket.text()));
      return OK;
    }

    private UUID register(Desk desk, Tenant owner, String typed) throws Exception {
      if (store != null) {
        Store within = desk.store(owner, store);
        return desk.register(owner, within, typed).id();
      }
      return desk.anyRegister(owner, typed).id();
    }
  }

  /** How a device is printed for a script. */
  record Shown(
      UUID id,
      DeviceKind kind,
      String name,
      String series,
      String state,
      String fingerprint,
      Instant enrolledAt,
      Instant lastSeen) {}

  /** Lists them. */
  @Command(name = "list", description = "List devices.", mixinStandardHelpOptions = true)
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
      for (Device device : desk.provisioning().devices(owner.id())) {
        Shown shown =
            new Shown(
                device.id(),
                device.kind(),
                device.name(),
                device.series(),
                device.state().name().toLowerCase(java.util.Locale.ROOT),
                desk.provisioning().fingerprint(device),
                device.enrolledAt(),
                device.lastSeen());
        desk.print(
            String.join(
                "  ",
                shown.id().toString(),
                shown.series(),
                shown.state(),
                shown.fingerprint(),
                "seen " + shown.lastSeen(),
                shown.name()),
            shown);
      }
      return OK;
    }
  }

  /** Takes one out of use. */
  @Command(
      name = "revoke",
      description =
          "Take a device out of use for good; what it sends from now on is recorded and"
              + " does not count.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--device", required = true, description = "name or id")
    private @Nullable String device;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Device revoked = desk.device(owner, Desk.given(device, "--device"));
      desk.provisioning().revokeDevice(owner.id(), revoked.id());
      desk.print(revoked.name() + " is revoked.", Map.of("revoked", revoked.id().toString()));
      return OK;
    }
  }
}
