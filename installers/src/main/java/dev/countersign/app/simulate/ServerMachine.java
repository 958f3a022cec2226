package dev.countersign.app.simulate;

import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.http.Handed;
import dev.countersign.server.launch.PortlessServer;
import dev.countersign.server.launch.Surroundings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The machine of the server: it runs, crashes, is started again and put back from a backup. */
final class ServerMachine implements Net.Server {
  static final URI ADDRESS = URI.create("https://server.example");
  static final String NAME = "server";

  private final Timeline time;
  private final Story story;
  private final Chance chance;
  private final Machine machine;
  private final Surroundings surroundings;
  private @Nullable PortlessServer running;
  private Disk.@Nullable Fault planned;
  private long after;

  ServerMachine(Timeline time, Story story, Chance chance, Machine machine) throws Exception {
    this.time = time;
    this.story = story;
    this.chance = chance;
    this.machine = machine;
    this.surroundings =
        new Surroundings(
            time, time::nanos, chance.secure(), null, null, _ -> {}, Duration.ofDays(1));
    start();
  }

  boolean isUp() {
    return running != null;
  }

  /** The running server; whoever asks knows that it runs. */
  PortlessServer up() {
    PortlessServer server = running;
    if (server == null) {
      throw new IllegalStateException("the server is down");
    }
    return server;
  }

  Disk disk() {
    return machine.disk();
  }

  @Override
  public Handed.Back ask(Handed request) throws IOException {
    PortlessServer server = running;
    if (server == null) {
      throw new ConnectException("refused");
    }
    Handed.Back back = null;
    Disk.Fault cut = planned;
    if (cut != null) {
      planned = null;
      disk().plan(cut, after);
    }
    try {
      back = server.answer(request);
    } catch (PowerCut _) {
      // Told below: libraries in between may have made an answer of it.
    }
    if (disk().isDead()) {
      crashed();
    } else if (cut != null) {
      disk().heal();
    }
    if (back == null || running == null) {
      throw new SocketException("Connection reset");
    }
    return back;
  }

  /** The next request meets a power cut, if it asks for so many statements. */
  void cutWithinARequest(Disk.Fault when, long statements) {
    planned = when;
    after = statements;
  }

  /** Nothing is planned any more. */
  void calm() {
    planned = null;
  }

  private void crashed() {
    story.tell(NAME, "loses its power at " + disk().last());
    PortlessServer server = up();
    running = null;
    try {
      machine.crash(server::close);
    } catch (Exception e) {
      throw new IllegalStateException("what a crash left cannot be copied", e);
    }
    time.in(Duration.ofSeconds(chance.between(1, 3600)), this::start);
  }

  /** Starts it, unless it runs; a server whose disk is full is started again later. */
  void start() throws IOException, SQLException {
    if (running != null) {
      return;
    }
    try {
      running = PortlessServer.open(ServerConfig.in(machine.folder()), ADDRESS, surroundings);
      story.tell(NAME, "starts");
    } catch (SQLException e) {
      if (!disk().isRefusing()) {
        throw e;
      }
      story.tell(NAME, "cannot start: nothing can be written");
      time.in(Duration.ofMinutes(chance.between(1, 60)), this::start);
    }
  }

  void stop() throws IOException, SQLException {
    PortlessServer server = running;
    if (server != null) {
      running = null;
      server.close();
      story.tell(NAME, "is stopped");
    }
  }

  /** Takes out of the feed what no device needs, unless it is down or its disk is full. */
  void compact(UUID tenant) {
    PortlessServer server = running;
    if (server == null) {
      return;
    }
    try {
      int rows = 0;
      for (int more = server.compaction().step(tenant); more > 0; ) {
        rows += more;
        more = server.compaction().step(tenant);
      }
      story.tell(NAME, "takes " + rows + " rows out of the feed");
    } catch (SQLException e) {
      story.tell(NAME, "cannot compact the feed now");
    }
  }

  /** Copies its data aside. */
  Path backup(int number) throws IOException {
    story.tell(NAME, "backup " + number + " is made");
    return machine.copy("backup-" + number);
  }

  /** Its disk is lost; an older copy takes the place, and devices are told by a new epoch. */
  void restore(Path backup, int number) throws Exception {
    stop();
    machine.putBack(backup);
    story.tell(NAME, "is put back from backup " + number);
    start();
    up().restoreCare().restored();
  }
}
