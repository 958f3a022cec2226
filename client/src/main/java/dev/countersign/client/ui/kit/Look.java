package dev.countersign.client.ui.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** Light or dark. The two differ in the values of the tokens and in nothing else. */
public enum Look {
  LIGHT,
  DARK;

  private static final List<String> WEIGHTS = List.of("Regular", "Medium", "SemiBold", "Bold");

  /** Dresses a scene: base theme, tokens, components and the bundled font. */
  public void dress(Scene scene) {
    loadFonts();
    scene.setUserAgentStylesheet(
        switch (this) {
          case LIGHT -> new PrimerLight().getUserAgentStylesheet();
          case DARK -> new PrimerDark().getUserAgentStylesheet();
        });
    scene.getStylesheets().setAll(sheet("tokens.css"), sheet("components.css"));
    var classes = scene.getRoot().getStyleClass();
    classes.remove("dark");
    if (this == DARK) {
      classes.add("dark");
    }
  }

  /** Loading a font again is harmless: the toolkit keeps one of each name. */
  private static void loadFonts() {
    for (String weight : WEIGHTS) {
      String path = "fonts/CountersignInter-" + weight + ".otf";
      try (InputStream in = resource(path).openStream()) {
        if (Font.loadFont(in, 14) == null) {
          throw new IllegalStateException(path + " is not a font");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String sheet(String name) {
    return resource(name).toExternalForm();
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(Look.class.getResource(name), name);
  }
}
