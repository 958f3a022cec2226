package dev.countersign.server.launch;

import dev.countersign.server.audit.Cosignatures;
import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.recheck.RecheckTable;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The audit log as it is stored. */
@Command(
    name = "log",
    description = "Check the stored audit log, and list its witnesses.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LogCommands.Check.class, LogCommands.Witnesses.class})
final class LogCommands {
  /**
   * How far it has come, or how it ended.
   *
   * @param ended null while it is under way
   */
  record Shown(
      String tenant,
      long reached,
      long entries,
      long flaws,
      @Nullable Instant ended,
      List<RecheckTable.Incident> incidents) {}

  /** What a device cosigned last. */
  record ShownWitness(UUID device, long entries, boolean fits, Instant at, String checkpoint) {}

  /** Groups what concerns witnesses. */
  @Command(
      name = "witness",
      description = "List what devices have cosigned.",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      subcommands = Listing.class)
  static final class Witnesses {}

  /** Lists the witnesses. */
  @Command(
      name = "list",
      description = "List the newest checkpoint that each device has cosigned.",
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
      List<Cosignatures.Word> words =
          desk.backroom()
              .tenants()
              .<List<Cosignatures.Word>, SQLException>read(
                  owner.id(), desk.backroom().cosignatures()::all);
      for (Cosignatures.Word word : words) {
        desk.print(
            word.device()
                + "  "
                + word.size()
                + " entries  "
                + word.at()
                + (word.fits() ? "" : "  NOT OF THIS LOG"),
            new ShownWitness(
                word.device(), word.size(), word.fits(), word.at(), word.checkpoint()));
      }
      return words.stream().allMatch(Cosignatures.Word::fits) ? OK : FAILED;
    }
  }

  /** Reads everything again. */
  @Command(
      name = "check",
      description = {
        "Hash a tenant's stored entries and payloads again, and compare them with the log's tree"
            + " and its signed checkpoint.",
        "The server does that every night by itself. A check that was interrupted goes on where it"
            + " was."
      },
      mixinStandardHelpOptions = true)
  static final class Check extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Recheck recheck = desk.backroom().recheck();
      Pass pass;
      do {
        pass = recheck.step(owner.id(), desk.backroom().now());
        if (pass.isUnderWay()) {
          print(desk, owner, pass, List.of(), pass.reached() + " of " + pass.target() + " entries");
        }
      } while (pass.isUnderWay());
      boolean well = pass.flaws() == 0;
      List<RecheckTable.Incident> found = well ? List.of() : recheck.incidents(owner.id());
      StringBuilder text =
          new StringBuilder(
              well
                  ? pass.target() + " entries and all they rest on are what the log committed to."
                  : pass.flaws() + " flaws; the log is not what it committed to:");
      for (RecheckTable.Incident each : found) {
        text.append("\nentry ")
            .append(each.flaw().entry())
            .append(": ")
            .append(each.flaw().kind())
            .append(", ")
            .append(each.flaw().detail());
      }
      print(desk, owner, pass, found, text.toString());
      return well ? OK : FAILED;
    }

    private static void print(
        Desk desk, Tenant owner, Pass pass, List<RecheckTable.Incident> found, String text) {
      desk.print(
          text,
          new Shown(
              owner.name(), pass.reached(), pass.target(), pass.flaws(), pass.ended(), found));
      desk.out().flush();
    }
  }
}
