package dev.countersign.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests find the checkout they belong to. */
public final class Repository {
  private Repository() {}

  /** The folder of the parent pom, above the folder the tests run in. */
  public static Path root() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (isRoot(folder)) {
        return folder;
      }
    }
    throw new IllegalStateException("no parent pom above " + Path.of("").toAbsolutePath());
  }

  private static boolean isRoot(Path folder) {
    var pom = folder.resolve("pom.xml");
    try {
      return Files.isRegularFile(pom)
          && Files.readString(pom).contains("<artifactId>countersign</artifactId>")
          && Files.readString(pom).contains("<module>common</module>");
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + pom, e);
    }
  }
}
