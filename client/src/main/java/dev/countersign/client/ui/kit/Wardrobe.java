package dev.countersign.client.ui.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javafx.application.Application;
import javafx.geometry.NodeOrientation;
import javafx.scene.Group;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import org.kordamp.ikonli.feather.FeatherIkonHandler;

/**
 * Dresses a window: base theme, tokens, components, font, size and direction of writing. The sheets
 * are written for Latin letters of the usual size; for others a changed copy of them is worn.
 */
public final class Wardrobe {
  private static final List<String> SHEETS = List.of("tokens.css", "components.css");
  private static final String BASE = "base-%s.css";
  private static final List<String> WEIGHTS = List.of("Regular", "Medium", "SemiBold", "Bold");
  private static final String LATIN = "fonts/CountersignInter-%s.otf";

  // The toolkit finds the Arabic letters of a family's regular and bold, and of no other weight.
  private static final List<String> ARABIC_WEIGHTS = List.of("Regular", "Bold");
  private static final String ARABIC = "fonts/IBMPlexSansArabic-%s.ttf";
  private static final String ARABIC_FAMILY = "IBM Plex Sans Arabic";

  private static final Pattern FAMILY =
      Pattern.compile("-fx-font-family: \"Countersign Inter(?: (Medium|SemiBold))?\"");
  private static final Pattern SIZE = Pattern.compile("-fx-font-size: ([0-9.]+)px");

  private Wardrobe() {}

  /** What texts and icons are written in; loading a font makes a file, so it is done once. */
  private static final class Fonts {
    static final Font ICONS;

    static {
      WEIGHTS.forEach(weight -> load(LATIN, weight));
      // The system's own, which every text has until a sheet says otherwise.
      Font.getDefault();
      FeatherIkonHandler feather = new FeatherIkonHandler();
      ICONS = loaded(feather.getFontFamily(), feather.getFontResource());
      // Beside the first screen, which seldom needs them: a start is not to wait for them.
      Thread.ofPlatform().daemon().name("fonts").start(ArabicFonts::await);
    }

    private Fonts() {}

    static void await() {
      Objects.requireNonNull(ICONS);
    }
  }

  /**
   * A font that is loaded after the first text that joins its letters was laid out is not found for
   * another (Linux): a name in Arabic on an English screen would be enough.
   */
  private static final class ArabicFonts {
    static final List<Font> WEIGHTS =
        ARABIC_WEIGHTS.stream().map(weight -> load(ARABIC, weight)).toList();

    private ArabicFonts() {}

    static void await() {
      Objects.requireNonNull(WEIGHTS);
    }
  }

  /**
   * Loads the fonts; once the toolkit runs any thread may do so ahead of the first scene, and who
   * dresses that waits for it.
   */
  public static void loadFonts() {
    Fonts.await();
    ArabicFonts.await();
  }

  /** A scene of this size around these controls, which are dressed once and not again. */
  public static Scene dressed(Parent root, View view, double width, double height) {
    Scene scene = new Scene(new Group(), width, height);
    wear(scene, view);
    turn(root, view);
    scene.setRoot(root);
    return scene;
  }

  /** Dresses a scene in other clothes; what it wore before comes off. */
  public static void dress(Scene scene, View view) {
    wear(scene, view);
    turn(scene.getRoot(), view);
  }

  private static void wear(Scene scene, View view) {
    lay(view.look());
    boolean asWritten = view.text() == TextSize.USUAL && !isArabic(view);
    scene
        .getStylesheets()
        .setAll(
            SHEETS.stream()
                .map(name -> asWritten ? resource(name).toExternalForm() : changed(name, view))
                .toList());
    Fonts.await();
  }

  private static void turn(Parent root, View view) {
    var classes = root.getStyleClass();
    classes.remove("dark");
    if (view.look() == Look.DARK) {
      classes.add("dark");
    }
    root.setNodeOrientation(
        view.language().isRightToLeft()
            ? NodeOrientation.RIGHT_TO_LEFT
            : NodeOrientation.LEFT_TO_RIGHT);
  }

  /**
   * Lays the base theme under all windows of the program. Before the first control is made, it
   * spares the toolkit the reading of its own.
   */
  public static void lay(Look look) {
    String theme = resource(BASE.formatted(look == Look.DARK ? "dark" : "light")).toExternalForm();
    if (!theme.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(theme);
    }
  }

  private static boolean isArabic(View view) {
    return view.language() == Language.ARABIC;
  }

  private static String changed(String name, View view) {
    String sheet = text(name);
    if (isArabic(view)) {
      ArabicFonts.await();
      String family = "-fx-font-family: \"" + ARABIC_FAMILY + '"';
      sheet =
          FAMILY
              .matcher(sheet)
              .replaceAll(
                  found -> found.group(1) == null ? family : family + weight(found.group(1)));
    }
    // A tile has room for two lines of a name, whatever the letters need.
    boolean both = isArabic(view) && view.text() == TextSize.LARGE;
    sheet = sheet.replace("height: 104px", both ? "height: 152px" : "height: 124px");
    if (isArabic(view)) {
      // Its lines are higher, and a row of a table has room for two of them.
      sheet = sheet.replace("-fx-fixed-cell-size: 44px", "-fx-fixed-cell-size: 56px");
    }
    double factor = view.text().factor();
    sheet =
        SIZE.matcher(sheet)
            .replaceAll(
                found ->
                    "-fx-font-size: "
                        + Math.round(Double.parseDouble(found.group(1)) * factor)
                        + "px");
    return "data:text/css;charset=utf-8;base64,"
        + Base64.getEncoder().encodeToString(sheet.getBytes(StandardCharsets.UTF_8));
  }

  private static String weight(String named) {
    return "; -fx-font-weight: " + (named.equals("SemiBold") ? "bold" : "normal");
  }

  /** Loading a font again is harmless: the toolkit keeps one of each name. */
  private static Font load(String form, String weight) {
    String path = form.formatted(weight);
    return loaded(path, resource(path));
  }

  private static Font loaded(String name, URL from) {
    try (InputStream in = from.openStream()) {
      Font font = Font.loadFont(in, 14);
      if (font == null) {
        throw new IllegalStateException(name + " is not a font");
      }
      return font;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (InputStream in = resource(name).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(Wardrobe.class.getResource(name), name);
  }
}
