package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.PrivateFiles;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a tenant's log and batches into one file that anyone with the log's key can verify. */
@Command(
    name = "export",
    description = "Write a tenant's whole log with its batches into a file.",
    mixinStandardHelpOptions = true)
final class ExportCommand extends AdminCommand {
  @Option(names = "--tenant", required = true, description = "name or id")
  private @Nullable String tenant;

  @Parameters(paramLabel = "FILE", description = "a file that is not there yet")
  private @Nullable Path file;

  @Override
  Touch touch() {
    return Touch.READ;
  }

  @Override
  int run(Desk desk) throws Exception {
    Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
    Path target = desk.cwd().resolve(Desk.given(file, "FILE"));
    if (Files.exists(target)) {
      throw new RefusedException(target + " is there already.");
    }
    // Under another name until it is whole: a file with the wanted name is a complete export.
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Files.deleteIfExists(part);
    PrivateFiles.createFile(part);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        desk.provisioning().export(owner.id(), out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    String key = desk.provisioning().logKey(owner.id());
    desk.print(
        target + "\nVerify it with --key " + key, Map.of("file", target.toString(), "key", key));
    return OK;
  }
}
