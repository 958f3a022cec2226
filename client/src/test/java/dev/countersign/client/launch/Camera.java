package dev.countersign.client.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Look;
import dev.countersign.client.ui.kit.TextSize;
import dev.countersign.client.ui.kit.TouchTyping;
import dev.countersign.client.ui.kit.View;
import dev.countersign.client.ui.kit.Wardrobe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Dimension2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/**
 * Takes pictures of screens at one size and look, and notes what a person would see as a defect.
 * Pictures go to {@code docs/screenshots} when they are missing there, or all of them with {@code
 * -Dscreenshots=write}.
 */
final class Camera {
  private static final int SMALL = 1024;

  /** Where every language is looked at. */
  private static final List<Dimension2D> SIZES =
      List.of(new Dimension2D(SMALL, 768), new Dimension2D(1920, 1080));

  private final Dimension2D size;
  private final String suffix;
  private final List<String> defects = new ArrayList<>();
  private final @Nullable Interpreter interpreter;

  /** Of a window that speaks English; each small light picture is looked at in every language. */
  Camera(Look look, int width, int height) {
    this(look, width, height, look == Look.LIGHT && width == SMALL ? new Interpreter() : null);
  }

  private Camera(Look look, int width, int height, @Nullable Interpreter interpreter) {
    this.size = new Dimension2D(width, height);
    this.interpreter = interpreter;
    this.suffix = "-" + look.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height;
  }

  /** Of a window that speaks another language already. */
  static Camera asSpoken(Look look, int width, int height) {
    return new Camera(look, width, height, null);
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
  private Picture shoot(Scene scene, String name) throws IOException {
    scene.getRoot().resize(size.getWidth(), size.getHeight());
    lay(scene);
    Fit.defects(scene, size).forEach(defect -> defects.add(name + suffix + ": " + defect));
    WritableImage image = scene.getRoot().snapshot(inWindow(scene), null);
    if (image.getWidth() > size.getWidth() || image.getHeight() > size.getHeight()) {
      defects.add(name + suffix + ": needs " + image.getWidth() + "×" + image.getHeight());
    }
    Picture picture = new Picture(image);
    if (interpreter != null) {
      interpret(scene, name, interpreter);
    }
    scene.getRoot().resize(scene.getWidth(), scene.getHeight());
    scene.getRoot().layout();
    return picture;
  }

  /** What is moved up from behind the keyboard on the screen may leave the window at its top. */
  private @Nullable SnapshotParameters inWindow(Scene scene) {
    boolean lifted =
        scene.getRoot().getChildrenUnmodifiable().stream()
            .anyMatch(layer -> layer.getTranslateY() < 0);
    if (!lifted) {
      return null;
    }
    SnapshotParameters window = new SnapshotParameters();
    window.setViewport(new Rectangle2D(0, 0, size.getWidth(), size.getHeight()));
    return window;
  }

  /**
   * The same screen in large letters in every language, which is where there is least room. What is
   * wrong is left as a picture beside the reports.
   */
  private void interpret(Scene scene, String name, Interpreter interpreter) throws IOException {
    boolean arabic = false;
    for (Language language : Language.values()) {
      if (language == Language.ENGLISH || language.isRightToLeft() != arabic) {
        Wardrobe.dress(
            scene, new View(language, Look.LIGHT, TextSize.LARGE, TouchTyping.BY_FINGER));
        arabic = language.isRightToLeft();
      }
      Runnable back = interpreter.speak(scene.getRoot(), language);
      for (Dimension2D each : SIZES) {
        scene.getRoot().resize(each.getWidth(), each.getHeight());
        again(scene.getRoot());
        lay(scene);
        List<String> wrong = Fit.defects(scene, each);
        String which = name + "-" + (int) each.getWidth() + "-" + language.code() + "-large";
        wrong.forEach(defect -> defects.add(which + ": " + defect));
        if (!wrong.isEmpty() || "tongues".equals(System.getProperty("screenshots"))) {
          new Picture(scene.getRoot().snapshot(null, null))
              .write(Path.of("target", "languages", which + ".png"));
        }
      }
      back.run();
    }
    Wardrobe.dress(
        scene, new View(Language.ENGLISH, Look.LIGHT, TextSize.USUAL, TouchTyping.BY_FINGER));
    lay(scene);
  }

  /** Everything once more, also what only moves. */
  private static void again(Parent all) {
    all.requestLayout();
    for (Node node : all.lookupAll("*")) {
      if (node instanceof Parent parent) {
        parent.requestLayout();
      }
    }
  }

  private static void lay(Scene scene) {
    for (int pass = 0; pass < 2; pass++) {
      scene.getRoot().applyCss();
      scene.getRoot().layout();
    }
  }
}
