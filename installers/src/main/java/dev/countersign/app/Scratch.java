package dev.countersign.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A temporary folder that is gone, with everything in it, when it is closed. */
record Scratch(Path path) implements AutoCloseable {
  /**
   * Makes one.
   *
   * @param parent where, or null for the system's place for temporary files
   */
  static Scratch make(String purpose, @Nullable Path parent) throws IOException {
    String prefix = "countersign-" + purpose + "-";
    return new Scratch(
        parent == null
            ? Files.createTempDirectory(prefix)
            : Files.createTempDirectory(parent, prefix));
  }

  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(path)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.deleteIfExists(each);
    }
  }
}
