package dev.countersign.app.killed;

import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.launch.Provisioning;
import dev.countersign.server.launch.ServerCommand;
import dev.countersign.server.launch.SyncServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server process and a process of tills, each killed by its id with SIGKILL at a moment that
 * nobody chose, and started again, beside each other.
 */
public final class Killing {
  public static final List<String> TILLS = List.of("T1", "T2");

  /** Killed at most so long after it was started, or after it said something. */
  private static final int STARTING_MILLIS = 900;

  private static final int SELLING_MILLIS = 1_500;
  private static final int SERVING_MILLIS = 3_000;
  private static final int RATE = 1_000_000;

  private final Path place;
  private final UUID tenant;
  private final UUID store;
  private final UUID manager;
  private final int port;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger tillKills = new AtomicInteger();
  private final AtomicInteger serverKills = new AtomicInteger();

  /** Sets a business up with its tills, all of them closed. */
  public Killing(Path place) throws Exception {
    this.place = place;
    Files.createDirectories(place.resolve("server"));
    try (SyncServer server = SyncServer.start(config(0))) {
      Provisioning desk = server.provisioning();
      port = server.uri().getPort();
      tenant = desk.addTenant("Corner Shop", "USD", "practice").id();
      store = desk.addStore(tenant, "1", "Harbour", ZoneOffset.UTC).id();
      manager = desk.addUser(tenant, "Robin", "manager", null).id();
      for (String till : TILLS) {
        UUID register = desk.addRegister(tenant, store, till).id();
        KilledTill.enrol(place, till, desk.tillTicket(tenant, register, manager));
      }
    }
  }

  private ServerConfig config(int onPort) {
    return ServerConfig.in(place.resolve("server"))
        .listeningOn("127.0.0.1", onPort)
        .limitedTo(RATE, RATE)
        .batchesLimitedTo(RATE, RATE);
  }

  public UUID tenant() {
    return tenant;
  }

  public Path place() {
    return place;
  }

  /** How many of each were killed. */
  public String account() {
    return tillKills + " of the tills, " + serverKills + " of the server";
  }

  /** The server again, in this process, for looking at what is left. */
  public SyncServer server() throws Exception {
    return SyncServer.start(config(port));
  }

  EnrolmentTicket officeTicket(SyncServer server) throws Exception {
    return server.provisioning().officeTicket(tenant, store, manager);
  }

  /**
   * Kills so often altogether; both processes are gone afterwards.
   *
   * @throws IOException when a process ended by itself
   */
  void kill(int times, long seed) throws Exception {
    left.set(times);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> tills =
          () ->
              again(
                  new Random(seed),
                  tillCommand(),
                  "tills",
                  List.of("open", "sold"),
                  SELLING_MILLIS,
                  tillKills);
      Callable<Void> servers =
          () ->
              again(
                  new Random(~seed),
                  serverCommand(),
                  "server",
                  List.of("Countersign listens"),
                  SERVING_MILLIS,
                  serverKills);
      for (Future<Void> each : threads.invokeAll(List.of(tills, servers))) {
        each.get();
      }
    }
  }

  private Void again(
      Random random,
      List<String> command,
      String name,
      List<String> words,
      int open,
      AtomicInteger killed)
      throws Exception {
    while (left.getAndDecrement() > 0) {
      Path errors = place.resolve(name + ".errors");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      try (BufferedReader said = process.inputReader()) {
        // While it starts, after its first word, or after the next one, if it has two.
        int many = Math.min(words.size(), random.nextInt(5));
        int millis = random.nextInt(many == 0 ? STARTING_MILLIS : open);
        boolean ended = false;
        for (String word : words.subList(0, many)) {
          ended = ended || !says(said, word);
        }
        ended = ended || process.waitFor(millis, TimeUnit.MILLISECONDS);
        if (ended) {
          throw new IOException(
              "the "
                  + name
                  + " ended by itself after "
                  + account()
                  + ": "
                  + Files.readString(errors));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      killed.incrementAndGet();
    }
    return null;
  }

  private static boolean says(BufferedReader said, String word) throws IOException {
    String line = said.readLine();
    while (line != null && !line.startsWith(word)) {
      line = said.readLine();
    }
    return line != null;
  }

  private List<String> tillCommand() {
    List<String> command = java(TillProcess.class);
    command.add(place.toString());
    command.addAll(TILLS);
    return command;
  }

  private List<String> serverCommand() {
    List<String> command = java(ServerCommand.class);
    command.addAll(
        Arrays.asList(
            "serve",
            "--data",
            place.resolve("server").toString(),
            "--port",
            Integer.toString(port),
            "--rate",
            Integer.toString(RATE),
            "--batches",
            Integer.toString(RATE)));
    return command;
  }

  private static List<String> java(Class<?> program) {
    return new ArrayList<>(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
  }
}
