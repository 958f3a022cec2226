package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key that a screen asks for is there, and every key that is there is asked for. */
class MessagesTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Pattern GIVEN = Pattern.compile("\\{(\\d)");
  private static final Pattern BOXES =
      Pattern.compile("[\\u061C\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
  private static final Object[] ARGUMENTS = {1, 2, 3, 4, 5, 6};
  private static final Pattern KEY = Pattern.compile("\"([a-z0-9-]+(?:\\.[a-z0-9-]+)+)\"");

  /** Looks like a key and is none. */
  private static final Set<String> OTHERS =
      Set.of("tokens.css", "components.css", "messages.properties");

  @ParameterizedTest
  @ValueSource(strings = {"ui/entry", "ui/till", "ui/office"})
  void aSliceHasExactlyTheMessagesItUses(String slice) throws IOException {
    Set<String> here = keys(slice);
    Set<String> used = used(slice);
    Set<String> ofControls = keys("ui/kit");
    Set<String> missing = new TreeSet<>(used);
    missing.removeAll(here);
    missing.removeAll(ofControls);
    assertThat(missing).as("missing").isEmpty();
    Set<String> unused = new TreeSet<>(here);
    unused.removeAll(used);
    assertThat(unused).as("unused").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ui/kit"})
  void theControlsHaveExactlyTheMessagesThatAreUsed(String slice) throws IOException {
    Set<String> used = new TreeSet<>();
    for (String each : List.of("ui/kit", "ui/entry", "ui/till", "ui/office", "launch")) {
      used.addAll(used(each));
    }
    Set<String> here = keys(slice);
    Set<String> missing = used("ui/kit");
    missing.removeAll(here);
    assertThat(missing).as("missing").isEmpty();
    here.removeAll(used);
    assertThat(here).as("unused").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ui/kit", "ui/entry", "ui/till", "ui/office"})
  void everyMessageCanBeFormatted(String slice) throws IOException {
    for (Object text : properties(slice).values()) {
      Object[] arguments = {1, 2, 3};
      assertThat(new MessageFormat((String) text, Locale.ENGLISH).format(arguments))
          .doesNotContain("{")
          .isNotBlank();
    }
  }

  /** Of two texts under one key, only the later one is ever read. */
  @ParameterizedTest
  @ValueSource(strings = {"ui/kit", "ui/entry", "ui/till", "ui/office"})
  void noKeyStandsTwice(String slice) throws IOException {
    for (Language language : Language.values()) {
      Set<String> seen = new TreeSet<>();
      for (String line : Files.readAllLines(file(slice, language))) {
        if (line.contains("=") && !line.startsWith("#")) {
          String key = line.substring(0, line.indexOf('=')).strip();
          assertThat(seen.add(key)).as(language + " " + slice + " " + key).isTrue();
        }
      }
    }
  }

  /** The toolkit draws a box for each of them; {@link Island} has the one that it does not draw. */
  @ParameterizedTest
  @ValueSource(strings = {"ui/kit", "ui/entry", "ui/till", "ui/office"})
  void noMarkOfDirectionIsDrawnAsABox(String slice) throws IOException {
    for (Language language : Language.values()) {
      assertThat(properties(slice, language).values())
          .as(language + " " + slice)
          .noneMatch(text -> BOXES.matcher((String) text).find());
    }
  }

  /** What a text is given, it says: an amount that a language leaves out is a wrong text. */
  @ParameterizedTest
  @ValueSource(strings = {"ui/kit", "ui/entry", "ui/till", "ui/office"})
  void everyLanguageSaysWhatEnglishSays(String slice) throws IOException {
    Properties english = properties(slice);
    for (Language language : Language.values()) {
      Properties texts = properties(slice, language);
      assertThat(texts.stringPropertyNames())
          .as(language + " " + slice)
          .isEqualTo(english.stringPropertyNames());
      for (String key : texts.stringPropertyNames()) {
        assertThat(given(texts.getProperty(key)))
            .as(language + " " + key)
            .isEqualTo(given(english.getProperty(key)));
        assertThat(new MessageFormat(texts.getProperty(key), language.locale()).format(ARGUMENTS))
            .as(language + " " + key)
            .doesNotContain("{")
            .as("an apostrophe of a typewriter: " + language + " " + key)
            .doesNotContain("'")
            .isNotBlank();
      }
    }
  }

  private static Set<String> given(String text) {
    Set<String> given = new TreeSet<>();
    GIVEN.matcher(text).results().forEach(found -> given.add(found.group(1)));
    return given;
  }

  private static Properties properties(String slice, Language language) throws IOException {
    return read(file(slice, language));
  }

  private static Path file(String slice, Language language) {
    String suffix = language == Language.ENGLISH ? "" : "_" + language.code();
    return MAIN.resolve(
        "resources/dev/countersign/client/" + slice + "/messages" + suffix + ".properties");
  }

  private static Set<String> used(String slice) throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MAIN.resolve("java/dev/countersign/client/" + slice))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        KEY.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group(1)));
      }
    }
    used.removeAll(OTHERS);
    used.removeIf(key -> key.equals("user.home"));
    return used;
  }

  private static Set<String> keys(String slice) throws IOException {
    return new TreeSet<>(properties(slice).stringPropertyNames());
  }

  private static Properties properties(String slice) throws IOException {
    return read(MAIN.resolve("resources/dev/countersign/client/" + slice + "/messages.properties"));
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }
}
