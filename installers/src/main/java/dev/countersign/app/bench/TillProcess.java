package dev.countersign.app.bench;

import dev.countersign.common.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own, under the settings that the launcher gives to a till. Where
 * there is no display, it paints into memory.
 */
final class TillProcess {
  /** The launcher says here what it gives to a till, words with blanks between them. */
  static final String SETTINGS = "countersign.till.settings";

  /** The launcher says here which file it starts a till from, whether it is there or not. */
  static final String READY = "countersign.till.ready";

  private static final int MINUTES = 30;

  private final Path log;

  /**
   * @param log where what the programs complain of is written
   */
  TillProcess(Path log) {
    this.log = log;
  }

  /**
   * Runs a program until it says a word, and to its end.
   *
   * @return from its start to the word, nanoseconds
   * @throws IOException when it ends without that word, or not well
   */
  long untilItSays(String word, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start(main, arguments);
    long said = -1;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (said < 0 && line.equals(word)) {
          said = System.nanoTime() - start;
        }
      }
    }
    requireEndedWell(process, main);
    if (said < 0) {
      throw new IOException(main.getSimpleName() + " did not say “" + word + "”: " + complaint());
    }
    return said;
  }

  /** Runs a program to its end and reads the JSON object that is its last line. */
  <T> T answer(Class<T> type, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(main, arguments);
    String last = "";
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
    }
    requireEndedWell(process, main);
    return Json.decode(last.getBytes(StandardCharsets.UTF_8), type);
  }

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String modules = System.getProperty("jdk.module.path", "");
    if (!modules.isEmpty()) {
      command.addAll(List.of("--module-path", modules, "--add-modules", "javafx.controls"));
      command.add("--enable-native-access=ALL-UNNAMED,javafx.graphics");
    }
    command.add("--sun-misc-unsafe-memory-access=allow");
    String ready = System.getProperty(READY, "");
    if (!ready.isEmpty()) {
      command.addAll(List.of("-XX:AOTCache=" + ready, "-XX:+VerifySharedSpaces"));
      command.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off"));
    }
    for (String setting : System.getProperty(SETTINGS, "").split(" ", -1)) {
      if (!setting.isBlank()) {
        command.add(setting);
      }
    }
    if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
      command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private void requireEndedWell(Process process, Class<?> main)
      throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(main.getSimpleName() + " does not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException(main.getSimpleName() + " failed: " + complaint());
    }
  }

  private String complaint() throws IOException {
    return Files.readString(log).strip();
  }
}
