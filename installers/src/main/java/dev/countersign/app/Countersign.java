package dev.countersign.app;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The one program over till, office, server, demonstration and benchmarks. This class and what it
 * opens a window with know nothing of the library that reads command lines: a till starts without
 * looking for it among all others.
 */
public final class Countersign {
  private Countersign() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Named, because the library would look through all jars for it, and say nothing about it.
    System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
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
    if (arguments.length == 1 && arguments[0].equals(Rehearsal.NAME)) {
      return run(Rehearsal::open);
    }
    Optional<List<String>> window = WindowStart.read(arguments);
    return window.isEmpty()
        ? EveryCommand.execute(arguments, Countersign::failed)
        : run(
            () -> {
              WindowStart.open(window.get());
              return 0;
            });
  }

  private static int run(Callable<Integer> program) {
    try {
      return program.call();
    } catch (Exception e) {
      return failed(e, new PrintWriter(System.err, true));
    }
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
