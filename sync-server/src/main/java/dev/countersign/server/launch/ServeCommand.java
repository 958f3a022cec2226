package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Environment;
import dev.countersign.server.config.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the server until the process is told to end. */
@Command(name = "serve", description = "Run the server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int REQUESTS_PER_MINUTE = 3_000;
  private static final int BURST_PART = 5;
  private static final int CONNECTIONS = 2_000;

  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable ServerCommand parent;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "the data folder")
  private @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8443",
      description = "0 lets the system choose (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "the address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--public-host",
      paramLabel = "NAME",
      description = "a name or address that devices reach the server under; may be repeated")
  private List<String> publicHosts = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "requests per minute and network address (default: " + REQUESTS_PER_MINUTE + ")")
  private int rate = REQUESTS_PER_MINUTE;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description =
          "batches per minute and device, after the first "
              + ServerConfig.BATCH_BURST
              + " (default: "
              + ServerConfig.BATCHES_PER_MINUTE
              + ")")
  private int batches = ServerConfig.BATCHES_PER_MINUTE;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "open connections at most (default: " + CONNECTIONS + ")")
  private int connections = CONNECTIONS;

  @Option(
      names = "--environment",
      description =
          "what new data are for, for ever: production, staging, practice or demo (default:"
              + " production)")
  private @Nullable String environment;

  @Option(names = "--json", description = "print where it listens as JSON")
  private boolean json;

  /** What is printed when it listens. */
  record Listening(String uri, String pin, String environment) {}

  @Override
  public Integer call() throws Exception {
    var out = Desk.given(spec, "spec").commandLine().getOut();
    var err = Desk.given(spec, "spec").commandLine().getErr();
    if (!(Desk.given(parent, "parent").reach() instanceof Reach.Outside(var surroundings))) {
      err.println("A server runs on this data folder already.");
      return AdminCommand.FAILED;
    }
    try {
      SyncServer server = SyncServer.start(config(), surroundings);
      var listening =
          new Listening(server.uri().toString(), server.pin(), server.settledOrProduction().word());
      out.println(
          json
              ? new String(Json.encode(listening), StandardCharsets.UTF_8)
              : "Countersign listens on "
                  + listening.uri()
                  + "\nPin: "
                  + listening.pin()
                  + "\nEnvironment: "
                  + listening.environment());
      out.flush();
      waitForTheEnd(server);
      return AdminCommand.OK;
    } catch (IOException | SQLException | IllegalArgumentException e) {
      err.println(e.getMessage());
      return AdminCommand.FAILED;
    }
  }

  private ServerConfig config() {
    if ((host.equals("0.0.0.0") || host.equals("::")) && publicHosts.isEmpty()) {
      throw new IllegalArgumentException(
          "Listening on all addresses needs --public-host: the name that devices use.");
    }
    ServerConfig config = ServerConfig.in(Desk.given(data, "--data"));
    String word = environment;
    if (word != null) {
      config =
          config.inEnvironment(
              Environment.named(word)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "--environment is production, staging, practice or demo.")));
    }
    return config
        .listeningOn(host, port)
        .reachedAs(publicHosts)
        .limitedTo(rate, Math.max(1, rate / BURST_PART))
        .batchesLimitedTo(batches, ServerConfig.BATCH_BURST)
        .holding(connections);
  }

  private static void waitForTheEnd(SyncServer server) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    server.close();
                  } catch (IOException | SQLException e) {
                    LoggerFactory.getLogger(ServeCommand.class)
                        .warn("the server did not close cleanly", e);
                  }
                  ended.countDown();
                },
                "stop"));
    ended.await();
  }
}
