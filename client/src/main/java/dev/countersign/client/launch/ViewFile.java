package dev.countersign.client.launch;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Remembers how a device shows itself. It lies beside the device's folder and in the clear: the
 * lock screen speaks before anybody has unlocked, and a wiped till goes on speaking.
 */
final class ViewFile {
  private static final Logger LOG = LoggerFactory.getLogger(ViewFile.class);

  private final Path file;
  private final View first;

  /**
   * @param folder the device's
   * @param system the language of the machine, spoken until somebody chooses
   */
  ViewFile(Path folder, Locale system) {
    Path whole = folder.toAbsolutePath().normalize();
    this.file = whole.resolveSibling(whole.getFileName() + "-view.json");
    this.first = new View(Language.of(system), Look.LIGHT, TextSize.USUAL);
  }

  /** As remembered; where nothing is, or nothing that can be read, as on the first day. */
  View read() {
    try {
      return first.with(Json.decodeKnown(Files.readAllBytes(file), View.Wish.class));
    } catch (IOException | JacksonException _) {
      return first;
    }
  }

  void remember(View view) {
    try {
      Files.write(file, Json.encode(new View.Wish(view.language(), view.look(), view.text())));
    } catch (IOException e) {
      // It is shown all the same, until the program ends.
      LOG.warn("how the screen looks is not remembered: {}", e.getMessage());
    }
  }
}
