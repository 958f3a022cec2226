package dev.countersign.server.launch;

import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lets a running server read its certificate again. */
@Command(
    name = "reload",
    description =
        "Let the running server read its certificate again; no connection is dropped. The key must"
            + " be the one that devices know.",
    mixinStandardHelpOptions = true)
final class ReloadCommand extends AdminCommand {
  @Override
  int run(Desk desk) throws Exception {
    Instant expires = desk.backroom().reload();
    desk.print("The certificate is good until " + expires + ".", Map.of("expires", expires));
    return OK;
  }
}
