package dev.countersign.app;

import java.io.PrintWriter;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands, as the library that reads command lines and explains their faults knows them. */
@Command(
    name = "countersign",
    mixinStandardHelpOptions = true,
    versionProvider = EveryCommand.Version.class,
    description = "A point of sale that keeps selling without a network and proves what happened.",
    subcommands = {
      DemoCommand.class,
      TillCommand.class,
      OfficeCommand.class,
      dev.countersign.server.launch.ServerCommand.class,
      BenchCommand.class,
      SimulateCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed or something was refused, 2 the command line was not"
          + " understood."
    })
final class EveryCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = EveryCommand.class.getPackage().getImplementationVersion();
      return new String[] {"countersign " + (version == null ? "(development)" : version)};
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /**
   * Runs a command line.
   *
   * @param failed says what an unexpected error was, and gives the exit code
   */
  static int execute(String[] arguments, BiFunction<Exception, PrintWriter, Integer> failed) {
    return new CommandLine(new EveryCommand())
        .setExecutionExceptionHandler((error, command, _) -> failed.apply(error, command.getErr()))
        .execute(arguments);
  }
}
