package dev.countersign.server.launch;

import dev.countersign.server.config.DataFolder;
import dev.countersign.server.db.postgres.PostgresAddress;
import dev.countersign.server.db.postgres.PostgresSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the tables in PostgreSQL up to date, as a role that the server itself never has. */
@Command(
    name = "migrate-schema",
    description = "Make or update the tables in the PostgreSQL that a data folder names.",
    mixinStandardHelpOptions = true)
final class MigrateSchemaCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "the data folder")
  private @Nullable Path data;

  @Option(
      names = "--user",
      defaultValue = "countersign_migrator",
      description = "who may become the tables' owner (default: ${DEFAULT-VALUE})")
  private String user = "countersign_migrator";

  @Option(
      names = "--password-file",
      required = true,
      paramLabel = "FILE",
      description = "holds that role's password")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() {
    var lines = Desk.given(spec, "spec").commandLine();
    try (DataFolder folder = DataFolder.take(Desk.given(data, "--data"))) {
      String password = PostgresAddress.passwordIn(Desk.given(passwordFile, "--password-file"));
      // The server's own password is not needed here.
      PostgresAddress address =
          PostgresAddress.of(folder, "-")
              .orElseThrow(() -> new IOException("There is no " + folder.postgres() + "."))
              .as(user, password);
      int steps =
          new PostgresSchema(Schema.scripts())
              .migrate(
                  DriverManager.getConnection(address.url(), address.user(), address.password()));
      lines.getOut().println(steps == 0 ? "Up to date." : "Brought up to date.");
      return AdminCommand.OK;
    } catch (IOException | SQLException e) {
      lines.getErr().println(e.getMessage());
      return AdminCommand.FAILED;
    }
  }
}
