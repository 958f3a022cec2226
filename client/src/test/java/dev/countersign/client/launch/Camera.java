package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Dimension2D;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;

/**
 * Takes pictures of screens at one size and look, and notes what a person would see as a defect.
 * Pictures go to {@code docs/screenshots} when they are missing there, or all of them with {@code
 * -Dscreenshots=write}.
 */
final class Camera {
  private final Dimension2D size;
  private final String suffix;
  private final List<String> defects = new ArrayList<>();

  Camera(Look look, int width, int height) {
    this.size = new Dimension2D(width, height);
    this.suffix = "-" + look.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height;
  }

  /** What was wrong in any picture so far. */
  List<String> defects() {
    return defects;
  }

  void picture(Window window, String name) throws IOException {
    window.settle();
    Picture picture = window.onScreen(() -> shoot(window.scene(), name));
    assertThat(picture.colours()).as(name).isGreaterThan(20);
    Path file = Pictures.folder().resolve(name + suffix + ".png");
    if ("write".equals(System.getProperty("screenshots")) || !Files.exists(file)) {
      picture.write(file);
    }
  }

  /**
   * Lays the screen out at the wanted size and draws it. The headless window itself stays small: it
   * holds a million pixels at most.
   */
  private Picture shoot(Scene scene, String name) {
    scene.getRoot().resize(size.getWidth(), size.getHeight());
    for (int pass = 0; pass < 2; pass++) {
      scene.getRoot().applyCss();
      scene.getRoot().layout();
    }
    Fit.defects(scene, size).forEach(defect -> defects.add(name + suffix + ": " + defect));
    WritableImage image = scene.getRoot().snapshot(null, null);
    if (image.getWidth() > size.getWidth() || image.getHeight() > size.getHeight()) {
      defects.add(name + suffix + ": needs " + image.getWidth() + "×" + image.getHeight());
    }
    Picture picture = new Picture(image);
    scene.getRoot().resize(scene.getWidth(), scene.getHeight());
    scene.getRoot().layout();
    return picture;
  }
}
