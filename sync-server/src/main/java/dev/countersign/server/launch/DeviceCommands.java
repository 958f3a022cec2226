package dev.countersign.server.launch;

import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Devices of a tenant. */
@Command(
    name = "device",
    description = "Enrol, list, name, wipe and revoke devices, and let frozen ones go on.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeviceCommands.Code.class,
      DeviceCommands.Listing.class,
      DeviceCommands.Rename.class,
      DeviceCommands.Unfreeze.class,
      DeviceCommands.RotateKey.class,
      DeviceCommands.Wipe.class,
      DeviceCommands.Unseal.class,
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
      String environment,
      String fingerprint,
      Instant enrolledAt,
      Instant lastSeen,
      Instant keySince) {}

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
                device.state().word(),
                device.environment().word(),
                desk.provisioning().fingerprint(device),
                device.enrolledAt(),
                device.lastSeen(),
                device.keySince());
        desk.print(
            String.join(
                "  ",
                shown.id().toString(),
                shown.series(),
                shown.state(),
                shown.fingerprint(),
                "seen " + shown.lastSeen(),
                "key since " + shown.keySince(),
                shown.environment(),
                shown.name()),
            shown);
      }
      return OK;
    }
  }

  /** Gives one another name. */
  @Command(name = "rename", description = "Rename a device.", mixinStandardHelpOptions = true)
  static final class Rename extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--device", required = true, description = "name or id")
    private @Nullable String device;

    @Parameters(paramLabel = "NAME", description = "what people call it from now on")
    private @Nullable String name;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Device renamed = desk.device(owner, Desk.given(device, "--device"));
      String other = Desk.given(name, "NAME");
      desk.deviceCare().rename(owner.id(), renamed.id(), other);
      desk.print(
          renamed.name() + " is called " + other + " now.",
          Map.of("renamed", renamed.id().toString()));
      return OK;
    }
  }

  /** Lets a frozen one go on. */
  @Command(
      name = "unfreeze",
      description =
          "Let a frozen device go on from the last batch that was taken in, after a person has"
              + " looked; the evidence stays.",
      mixinStandardHelpOptions = true)
  static final class Unfreeze extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--device", required = true, description = "name or id")
    private @Nullable String device;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Device thawed = desk.device(owner, Desk.given(device, "--device"));
      desk.deviceCare().unfreeze(owner.id(), thawed.id());
      desk.print(thawed.name() + " goes on.", Map.of("unfrozen", thawed.id().toString()));
      return OK;
    }
  }

  /** Has one make a new key. */
  @Command(
      name = "rotate-key",
      description = "Have a device make a new key at its next contact.",
      mixinStandardHelpOptions = true)
  static final class RotateKey extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--device", required = true, description = "name or id")
    private @Nullable String device;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Device renewed = desk.device(owner, Desk.given(device, "--device"));
      desk.deviceCare().wantKey(owner.id(), renewed.id());
      desk.print(
          renewed.name() + " makes a new key at its next contact.",
          Map.of("keyWanted", renewed.id().toString()));
      return OK;
    }
  }

  /** Orders one to wipe itself. */
  @Command(
      name = "wipe",
      description =
          "Order a device to seal what it has not sent to this server, to hand it over and to"
              + " forget its keys, at its next contact.",
      mixinStandardHelpOptions = true)
  static final class Wipe extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--device", required = true, description = "name or id")
    private @Nullable String device;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Device wiped = desk.device(owner, Desk.given(device, "--device"));
      desk.deviceCare().wipe(owner.id(), wiped.id());
      desk.print(
          wiped.name() + " wipes itself at its next contact.",
          Map.of("wiping", wiped.id().toString()));
      return OK;
    }
  }

  /** Takes in what a wiped one left. */
  @Command(
      name = "unseal",
      description = "Take in the file that a wiped device could not hand over by itself.",
      mixinStandardHelpOptions = true)
  static final class Unseal extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(names = "--file", required = true, description = "the device's unsent.sealed")
    private @Nullable Path file;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Path brought = desk.cwd().resolve(Desk.given(file, "--file"));
      long parts = desk.deviceCare().unseal(owner.id(), Files.readAllBytes(brought));
      desk.print(parts + " parts are taken in.", Map.of("parts", parts));
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
