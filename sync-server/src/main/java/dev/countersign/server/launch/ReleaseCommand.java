package dev.countersign.server.launch;

import dev.countersign.server.account.Device;
import dev.countersign.server.tenant.Tenant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets people in again at a device that is held. */
@Command(
    name = "release",
    description =
        "Let people in again at a device whose key store was put back from a copy. Do it after you"
            + " know why: a copy gives back the tries of its PINs.",
    mixinStandardHelpOptions = true)
final class ReleaseCommand extends AdminCommand {
  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @Option(names = "--device", required = true, description = "name or id")
  private @Nullable String device;

  @Override
  int run(Desk desk) throws Exception {
    Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
    Device held = desk.device(owner, Desk.given(device, "--device"));
    desk.backroom().tillShares().releaseByOperator(owner.id(), held.id());
    desk.print("released " + held.name(), Map.of("released", held.id()));
    return OK;
  }
}
