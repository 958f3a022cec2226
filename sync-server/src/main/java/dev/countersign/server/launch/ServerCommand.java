package dev.countersign.server.launch;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code countersign server …}: everything an operator does with a sync server. */
@Command(
    name = "server",
    description = "Run a sync server and look after its tenants.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      TenantCommands.class,
      StoreCommands.class,
      RegisterCommands.class,
      UserCommands.class,
      RoleCommands.class,
      ReviewCommands.class,
      SupportCommands.class,
      DeviceCommands.class,
      KeyCommands.class,
      SigningKeyCommands.class,
      RuleCommands.class,
      SecretCommands.class,
      TaxCommands.class,
      CatalogueCommands.class,
      BooksCommand.class,
      LogCommands.class,
      ExportCommand.class,
      VerifyCommand.class,
      RoutesCommand.class,
      ReloadCommand.class,
      RestoredCommand.class,
      DoctorCommand.class,
      MigrateSchemaCommand.class
    })
public final class ServerCommand {
  private final Reach reach;

  /** For a command line on the real machine. */
  public ServerCommand() {
    this(new Reach.Outside(Surroundings.real()));
  }

  ServerCommand(Reach reach) {
    this.reach = reach;
  }

  /** Runs a command line and exits with 0 done, 1 failed or refused, 2 wrongly used. */
  public static void main(String... arguments) {
    System.exit(commandLine(new Reach.Outside(Surroundings.real())).execute(arguments));
  }

  static CommandLine commandLine(Reach reach) {
    return new CommandLine(new ServerCommand(reach));
  }

  Reach reach() {
    return reach;
  }
}
