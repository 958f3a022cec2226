package dev.countersign.client.launch;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the pictures of the screens are kept. */
final class Pictures {
  private Pictures() {}

  /** The folder in the repository, from whatever module the tests run in. */
  static Path folder() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("docs"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("not inside the repository");
    }
    return at.resolve("docs").resolve("screenshots");
  }
}
