package dev.countersign.client.chest;

import dev.countersign.client.keys.KeyChestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A desktop login of its own: a session bus and GNOME Keyring over a home that nobody else has. */
final class Login implements AutoCloseable {
  /** A bus on which nothing is started by itself, so that a missing key store stays missing. */
  private static final String RULES =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <listen>unix:tmpdir=/tmp</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """;

  private final Path home;
  private final Process bus;
  private final String address;
  private @Nullable Process keyring;

  private Login(Path home, Process bus, String address) {
    this.home = home;
    this.bus = bus;
    this.address = address;
  }

  /** Whether this machine has the programs. */
  static boolean isPossible() {
    return Stream.of("dbus-daemon", "gnome-keyring-daemon")
        .allMatch(
            name ->
                Stream.of("/usr/bin", "/usr/local/bin", "/bin")
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))));
  }

  static Login start(Path home) throws IOException {
    Files.createDirectories(home.resolve("run"));
    Path rules = home.resolve("bus.conf");
    Files.writeString(rules, RULES);
    ProcessBuilder builder =
        new ProcessBuilder("dbus-daemon", "--config-file=" + rules, "--nofork", "--print-address");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process bus = builder.start();
    String address =
        new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    return new Login(home, bus, address);
  }

  String address() {
    return address;
  }

  /** Starts the key store; with the login's password it is open, without it stays locked. */
  void keyring(@Nullable String password) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<>(List.of("gnome-keyring-daemon", "--foreground"));
    command.add("--components=secrets");
    if (password != null) {
      command.add("--unlock");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "DBUS_SESSION_BUS_ADDRESS",
                address,
                "HOME",
                home.toString(),
                "XDG_DATA_HOME",
                home.resolve("data").toString(),
                "XDG_RUNTIME_DIR",
                home.resolve("run").toString()));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process started = builder.start();
    keyring = started;
    try (OutputStream in = started.getOutputStream()) {
      if (password != null) {
        in.write(password.getBytes(StandardCharsets.UTF_8));
      }
    }
    awaitService(password != null);
  }

  private void awaitService(boolean open) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      try (SecretBus bus = SecretBus.open(address)) {
        if (open) {
          bus.store("countersign.is-it-open", new byte[] {1});
        }
        return;
      } catch (KeyChestException | SecretBus.LockedException _) {
        Thread.sleep(10);
      }
    }
    throw new IllegalStateException("the key store did not come up");
  }

  /** The power goes: whatever was not on the disk is lost. */
  void kill() throws InterruptedException {
    Process running = keyring;
    if (running != null) {
      running.destroyForcibly().waitFor();
      keyring = null;
    }
  }

  /** From now on it takes requests and answers none. */
  void hang() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException, InterruptedException {
    Process running = keyring;
    if (running != null) {
      new ProcessBuilder("kill", which, Long.toString(running.pid())).start().waitFor();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    bus.destroyForcibly().waitFor();
  }
}
