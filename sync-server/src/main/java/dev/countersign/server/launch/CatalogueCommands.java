package dev.countersign.server.launch;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.catalogue.ImportReport;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The catalogue of a tenant. */
@Command(
    name = "catalogue",
    description = "Bring products in, and write them out.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CatalogueCommands.Import.class, CatalogueCommands.Export.class})
final class CatalogueCommands {
  /** The counts, for a script. */
  record Counts(long accepted, long changed, long warnings, long refused) {}

  /** Imports a file. */
  @Command(
      name = "import",
      description = "Import a comma-separated file; a bad row is refused by itself.",
      mixinStandardHelpOptions = true)
  static final class Import extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Option(
        names = "--taxes",
        paramLabel = "NAMES",
        description =
            "taxes of the products of a file without the column taxes, with ; between them, ''"
                + " for none (default: they stay as they are)")
    private @Nullable String taxes;

    @Parameters(paramLabel = "FILE", description = "the file")
    private @Nullable Path file;

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Path given = Desk.given(file, "FILE");
      ImportReport report =
          desk.provisioning()
              .importCatalogue(owner.id(), desk.cwd().resolve(given), taxes, new Told(desk, given));
      desk.print(
          report.accepted()
              + " products in, "
              + report.changed()
              + " of them new or changed; "
              + report.warningCount()
              + " warnings, "
              + report.refusedCount()
              + " rows refused",
          new Counts(
              report.accepted(), report.changed(), report.warningCount(), report.refusedCount()));
      return report.refusedCount() == 0 ? OK : FAILED;
    }
  }

  /** How many there are, for a script. */
  record Written(long products, String file) {}

  /** Writes them out. */
  @Command(
      name = "export",
      description = "Write all products into a comma-separated file that import takes.",
      mixinStandardHelpOptions = true)
  static final class Export extends AdminCommand {
    @Option(names = "--tenant", required = true, description = "name or id")
    private @Nullable String tenant;

    @Parameters(paramLabel = "FILE", description = "the file, which must not be there")
    private @Nullable Path file;

    @Override
    Touch touch() {
      return Touch.READ;
    }

    @Override
    int run(Desk desk) throws Exception {
      Tenant owner = desk.tenant(Desk.given(tenant, "--tenant"));
      Path given = Desk.given(file, "FILE");
      try {
        long products =
            desk.provisioning()
                .exportCatalogue(owner.id(), desk.cwd().resolve(given), new Told(desk, given));
        desk.print(products + " products out", new Written(products, given.toString()));
        return OK;
      } catch (FileAlreadyExistsException _) {
        throw new RefusedException(given + " is there already.");
      }
    }
  }

  /** Tells of each remark on standard error, so that an editor can jump to the line. */
  private record Told(Desk desk, Path file) implements ImportReport.Listener {
    @Override
    public void warned(ImportReport.Remark remark) {
      desk.err().println(file + ":" + remark.line() + ": warning: " + remark.reason());
    }

    @Override
    public void refused(ImportReport.Remark remark) {
      desk.err().println(file + ":" + remark.line() + ": " + remark.reason());
    }
  }
}
