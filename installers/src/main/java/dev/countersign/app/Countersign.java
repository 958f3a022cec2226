package dev.countersign.app;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The one command line over till, office, server, demonstration and benchmarks. */
@Command(
    name = "countersign",
    mixinStandardHelpOptions = true,
    versionProvider = Countersign.Version.class,
    description = "A point of sale that keeps selling without a network and proves what happened.",
    subcommands = {
      DemoCommand.class,
      TillCommand.class,
      OfficeCommand.class,
      dev.countersign.server.launch.ServerCommand.class,
      BenchCommand.class,
      SimulateCommand.class,
      RehearseCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed or something was refused, 2 the command line was not"
          + " understood."
    })
public final class Countersign implements Runnable {
  @Spec private CommandSpec spec;

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Countersign.class.getPackage().getImplementationVersion();
      return new String[] {"countersign " + (version == null ? "(development)" : version)};
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && !arguments[0].equals("server")) {
      // Only a server's requests belong on the console; a demonstration tells its own story.
      System.setProperty("org.slf4j.simpleLogger.log.requests", "error");
      System.setProperty(
          "org.slf4j.simpleLogger.log.dev.countersign", isDebugging() ? "info" : "error");
    }
    if (arguments.length > 0 && arguments[0].equals("simulate") && !isDebugging()) {
      // What goes wrong there is meant to; the story tells it.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
      System.setProperty("org.slf4j.simpleLogger.log.dev.countersign", "off");
    }
    System.exit(run(arguments));
  }

  /** Runs a command line and gives its exit code. */
  static int run(String... arguments) {
    Optional<List<String>> window = WindowStart.read(arguments);
    if (window.isEmpty()) {
      return commandLine().execute(arguments);
    }
    try {
      WindowStart.open(window.get());
      return 0;
    } catch (RuntimeException e) {
      return failed(e, new PrintWriter(System.err, true));
    }
  }

  /**
   * The command line; an unexpected error prints one line, and its trace where COUNTERSIGN_DEBUG is
   * set.
   */
  static CommandLine commandLine() {
    return new CommandLine(new Countersign())
        .setExecutionExceptionHandler((error, command, _) -> failed(error, command.getErr()));
  }

  private static int failed(Exception error, PrintWriter err) {
    err.println("countersign: " + message(error));
    if (isDebugging()) {
      error.printStackTrace(err);
    }
    return 1;
  }

  private static boolean isDebugging() {
    return System.getenv("COUNTERSIGN_DEBUG") != null;
  }

  private static String message(Throwable error) {
    if (error instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    if (error instanceof AccessDeniedException denied) {
      return "not allowed to use " + denied.getFile();
    }
    String text = error.getMessage();
    return text == null || text.isBlank() ? error.getClass().getSimpleName() : text;
  }
}
