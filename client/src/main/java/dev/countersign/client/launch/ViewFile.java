package dev.countersign.client.launch;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.common.json.Json;
import dev.countersign.common.json.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    this.first = new View(Language.of(system), Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER);
  }

  /** As remembered; where nothing is, or nothing that can be read, as on the first day. */
  View read() {
    try {
      PlainJson.Fields said = PlainJson.object(Files.readAllBytes(file));
      return first.with(
          new View.Wish(
              one(Language.values(), said.text("language")),
              one(Look.values(), said.text("look")),
              one(TextSize.values(), said.text("text")),
              one(TouchTyping.values(), said.text("typing"))));
    } catch (IOException _) {
      return first;
    }
  }

  /** Null where nothing was said. */
  private static <E extends Enum<E>> @Nullable E one(E[] all, @Nullable String name)
      throws IOException {
    for (E each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    if (name != null) {
      throw new IOException("unknown: " + name);
    }
    return null;
  }

  void remember(View view) {
    try {
      Files.write(
          file,
          Json.encode(new View.Wish(view.language(), view.look(), view.text(), view.typing())));
    } catch (IOException e) {
      // It is shown all the same, until the program ends.
      LOG.warn("how the screen looks is not remembered: {}", e.getMessage());
    }
  }
}
