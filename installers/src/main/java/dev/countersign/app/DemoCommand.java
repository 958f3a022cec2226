package dev.countersign.app;

import dev.countersign.app.demo.Demo;
import dev.countersign.app.demo.Replay;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A shop on this machine: server, sample tenant and till; or the replay of real sales. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a server on loopback with a sample tenant, enrols a till and opens it. With no"
          + " display (or --headless) it drives a selling session through the screens and leaves"
          + " pictures.",
      "With --catalogue and --replay it loads a catalogue, rings real sales up offline on one till"
          + " per store, sends them, and checks the server's books and the exported log against the"
          + " tills."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--headless", description = "without a display")
  private boolean headless;

  @Option(names = "--json", description = "end with one line, a JSON object (with --replay)")
  private boolean json;

  @Option(names = "--dark", description = "dark colours")
  private boolean dark;

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "products, with the columns of the State of Iowa's liquor products")
  private @Nullable Path catalogue;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "sales with the columns date,store_number,invoice,line,item_number,bottles,amount, or"
              + " those of the UCI repository's Online Retail, whose cancellations become refunds")
  private @Nullable Path replay;

  @Option(
      names = "--stores",
      split = ",",
      paramLabel = "NUMBER",
      description = "replay only these stores")
  private List<String> stores = List.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "keep everything in this new folder; otherwise a temporary one is used")
  private @Nullable Path folder;

  @Override
  public Integer call() throws Exception {
    if (replay == null) {
      if (json || catalogue != null || !stores.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--json, --catalogue and --stores go with --replay");
      }
      // Pictures and receipts of a session are there to be looked at: they stay.
      return session(
          folder == null ? Files.createTempDirectory("countersign-demo-") : made(folder));
    }
    if (catalogue == null) {
      throw new ParameterException(spec.commandLine(), "--replay needs --catalogue");
    }
    if (folder != null) {
      return replay(made(folder), catalogue, replay);
    }
    try (Scratch scratch = Scratch.make("replay", null)) {
      return replay(scratch.path(), catalogue, replay);
    }
  }

  private Path made(Path wanted) throws IOException {
    if (Files.exists(wanted)) {
      throw new ParameterException(spec.commandLine(), wanted + " is there already");
    }
    return Files.createDirectories(wanted).toAbsolutePath();
  }

  private int session(Path place) throws Exception {
    Demo demo = new Demo(spec.commandLine().getOut(), place, dark);
    if (headless || !Display.isThere()) {
      return demo.runHeadless() ? 0 : 1;
    }
    demo.runWithDisplay();
    return 0;
  }

  private int replay(Path place, Path products, Path sales) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Replay.Result result =
        new Replay(place, line -> told(err, line)).run(products, sales, Set.copyOf(stores));
    if (json) {
      out.println(new String(Json.encode(result), StandardCharsets.UTF_8));
    } else {
      result.stores().forEach((store, total) -> out.println("store " + store + ": " + total));
      out.printf(
          "%d sales, %d lines, %s %s on the tills; %d sales, %s on the server;%n"
              + "%d log entries, export %s; %s s%n",
          result.sales(),
          result.lines(),
          result.total(),
          result.currency(),
          result.acceptedByServer(),
          result.serverTotal(),
          result.auditEntries(),
          result.verified() ? "verified" : "NOT verified",
          result.seconds());
    }
    return result.everythingAgrees() ? 0 : 1;
  }

  private static void told(PrintWriter err, String line) {
    err.println(line);
    err.flush();
  }
}
