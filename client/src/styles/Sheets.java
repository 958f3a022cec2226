import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.Stylesheet;

/**
 * Run by the build: makes the binary form of the style sheets, which the toolkit looks for first.
 * Reading them as text takes a tenth of the till's start. Of the base theme only what dresses
 * controls that the client has is taken along; the rest is three quarters of it.
 */
final class Sheets {
  private static final String THEME = "/atlantafx/base/theme/primer-%s.css";
  private static final List<String> LOOKS = List.of("light", "dark");
  private static final List<String> OWN = List.of("tokens", "components");

  /** Style classes of what the client never shows begin with one of these. */
  private static final Set<String> NOT_WORN =
      Set.of(
          "accordion",
          "alert",
          "area-legend",
          "axis",
          "bar-chart",
          "bar-legend",
          "bb-code",
          "breadcrumbs",
          "bubble-legend",
          "calendar",
          "caption-menu",
          "card",
          "chart",
          "choice-box",
          "choice-dialog",
          "color-palette",
          "color-picker",
          "custom-color",
          "date-picker",
          "deck-pane",
          "default-color",
          "dialog-pane",
          "elevated",
          "html-editor",
          "hyperlink",
          "menu-bar",
          "menu-button",
          "message",
          "modal-",
          "notification",
          "pagination",
          "pie-legend",
          "popover",
          "progress-",
          "radio-",
          "ring-progress",
          "segmented-control",
          "selectable-text",
          "slider",
          "spinner",
          "split-",
          "stacked-",
          "tab-",
          "tile",
          "titled-pane",
          "toggle-switch",
          "tool-bar",
          "tree-");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern RULE = Pattern.compile("([^{}]+)(\\{[^{}]*})");
  private static final Pattern STYLE_CLASS = Pattern.compile("\\.([A-Za-z][A-Za-z0-9-]*)");

  private Sheets() {}

  /** Takes the folder in which the own sheets lie and all of them are wanted. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (String look : LOOKS) {
      Path worn = folder.resolve("base-" + look + ".css");
      Files.writeString(worn, worn(theme(look)));
      binary(worn);
    }
    for (String own : OWN) {
      binary(folder.resolve(own + ".css"));
    }
  }

  private static String theme(String look) {
    try (InputStream in = Sheets.class.getResourceAsStream(THEME.formatted(look))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String worn(String theme) {
    return RULE.matcher(COMMENT.matcher(theme).replaceAll(""))
        .replaceAll(
            rule -> {
              String selectors =
                  Stream.of(rule.group(1).split(","))
                      .filter(Predicate.not(Sheets::isForOthers))
                      .collect(Collectors.joining(","));
              return selectors.isBlank() ? "" : Matcher.quoteReplacement(selectors + rule.group(2));
            });
  }

  private static boolean isForOthers(String selector) {
    return STYLE_CLASS
        .matcher(selector)
        .results()
        .anyMatch(found -> NOT_WORN.stream().anyMatch(found.group(1)::startsWith));
  }

  private static void binary(Path sheet) throws IOException {
    String name = sheet.getFileName().toString().replace(".css", ".bss");
    Stylesheet.convertToBinary(sheet.toFile(), sheet.resolveSibling(name).toFile());
  }
}
