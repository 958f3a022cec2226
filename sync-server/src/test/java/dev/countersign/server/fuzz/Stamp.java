package dev.countersign.server.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Copies folders of classes and writes an older version into each. Jazzer's instrumentation knows
 * classes up to Java 23 (67) and passes over newer ones, which leaves it blind; the code inside is
 * of the same kind.
 */
public final class Stamp {
  private static final byte KNOWN = 67;
  private static final int VERSION_AT = 7;

  private Stamp() {}

  /** The last argument is the folder to write to, the others those to copy. */
  public static void main(String... folders) throws IOException {
    Path target = Path.of(folders[folders.length - 1]);
    for (String folder : Arrays.copyOf(folders, folders.length - 1)) {
      Path source = Path.of(folder);
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = target.resolve(source.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          byte[] bytes = Files.readAllBytes(file);
          if (file.toString().endsWith(".class") && bytes[VERSION_AT] > KNOWN) {
            bytes[VERSION_AT] = KNOWN;
          }
          Files.write(copy, bytes);
        }
      }
    }
  }
}
