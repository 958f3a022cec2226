package dev.countersign.server.launch;

import java.util.Map;
import picocli.CommandLine.Command;

/** Tells a server that its data folder was put back from a backup. */
@Command(
    name = "restored",
    description =
        "Say that the data folder was put back from a backup. Every device then takes all that the"
            + " server says anew, and sends again what the backup lacks.",
    mixinStandardHelpOptions = true)
final class RestoredCommand extends AdminCommand {
  @Override
  int run(Desk desk) throws Exception {
    int tenants = desk.backroom().restoreCare().restored();
    desk.print(
        tenants + " businesses begin a new epoch; their devices send again what is missing.",
        Map.of("tenants", tenants));
    return OK;
  }
}
