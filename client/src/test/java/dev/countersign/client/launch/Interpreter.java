package dev.countersign.client.launch;

import dev.countersign.client.ui.entry.LockController;
import dev.countersign.client.ui.kit.Language;
import dev.countersign.client.ui.kit.Words;
import dev.countersign.client.ui.office.OfficeController;
import dev.countersign.client.ui.till.TillController;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;

/**
 * Says in another language what stands on a screen in English, by finding the message that a text
 * was made from. What people, goods and shops are called stays as it is. So one walk through the
 * screens shows them in every language.
 */
final class Interpreter {
  private static final List<Class<?>> SLICES =
      List.of(TillController.class, OfficeController.class, LockController.class, Words.class);

  /** Between two messages that share a line. */
  private static final Pattern SEAM = Pattern.compile(" · | {2,}|\n|: | – ");

  private static final Pattern PLACE =
      Pattern.compile("\\{(\\d)(?:,choice,((?:[^{}]|\\{\\d})*))?}");

  /** A way that a message can read in English, and where in it the arguments stand. */
  private record Reading(Message message, Pattern text, String anchor, List<Integer> places) {
    /** How much of it is fixed. */
    int literals() {
      return text.pattern().length() - places.size() * 10;
    }
  }

  private record Message(Class<?> slice, String key) {}

  private final Map<Class<?>, Map<Language, Properties>> texts = new HashMap<>();
  private final List<Reading> readings = new ArrayList<>();
  private final Map<String, List<Message>> plain = new HashMap<>();
  private final Map<Language, Map<String, String>> said = new HashMap<>();

  Interpreter() {
    for (Class<?> slice : SLICES) {
      for (Language language : Language.values()) {
        texts.computeIfAbsent(slice, _ -> new HashMap<>()).put(language, read(slice, language));
      }
      texts
          .get(slice)
          .get(Language.ENGLISH)
          .forEach((key, text) -> learn(new Message(slice, (String) key), (String) text));
    }
    readings.sort(Comparator.comparingInt(Reading::literals).reversed());
  }

  /** Says it all in this language, and gives back what undoes that. */
  Runnable speak(Node root, Language language) {
    List<Runnable> back = new ArrayList<>();
    for (Node node : root.lookupAll("*")) {
      if (node instanceof Labeled labeled && !labeled.textProperty().isBound()) {
        String before = labeled.getText();
        if (before != null && !before.isBlank()) {
          labeled.setText(in(language, before));
          back.add(() -> labeled.setText(before));
        }
      }
      if (node instanceof TextInputControl field && field.getPromptText() != null) {
        String before = field.getPromptText();
        field.setPromptText(in(language, before));
        back.add(() -> field.setPromptText(before));
      }
    }
    return () -> back.forEach(Runnable::run);
  }

  /** This in another language; as it is, where nobody wrote it for a screen. */
  String in(Language language, String english) {
    if (language == Language.ENGLISH || english.isBlank()) {
      return english;
    }
    Map<String, String> known = said.computeIfAbsent(language, _ -> new HashMap<>());
    String already = known.get(english);
    if (already == null) {
      already = find(language, english);
      known.put(english, already);
    }
    return already;
  }

  private String find(Language language, String english) {
    List<Message> same = plain.get(english);
    if (same != null) {
      return same.stream()
          .map(message -> format(message, language, new Object[0]))
          .max(Comparator.comparingInt(String::length))
          .orElseThrow();
    }
    for (Reading reading : readings) {
      if (english.contains(reading.anchor())) {
        Matcher found = reading.text().matcher(english);
        if (found.matches()) {
          return format(reading.message(), language, arguments(reading, found, language));
        }
      }
    }
    Matcher seam = SEAM.matcher(english);
    if (!seam.find()) {
      return english;
    }
    return in(language, english.substring(0, seam.start()))
        + seam.group()
        + in(language, english.substring(seam.end()));
  }

  private Object[] arguments(Reading reading, Matcher found, Language language) {
    Object[] arguments = new Object[10];
    for (int i = 0; i < reading.places().size(); i++) {
      int place = reading.places().get(i);
      String group = found.group(i + 1);
      // A number that the English words leave out stands in front of them.
      arguments[place] = in(language, group);
    }
    for (int place = 0; place < arguments.length; place++) {
      if (arguments[place] == null) {
        arguments[place] = "1";
      }
    }
    return arguments;
  }

  private String format(Message message, Language language, Object[] arguments) {
    String pattern = texts.get(message.slice()).get(language).getProperty(message.key());
    if (pattern == null) {
      throw new AssertionError(message.key() + " is missing in " + language);
    }
    var format = new MessageFormat(pattern, language.locale());
    Format[] formats = format.getFormatsByArgumentIndex();
    Object[] typed = arguments.clone();
    for (int i = 0; i < Math.min(formats.length, typed.length); i++) {
      if (formats[i] instanceof ChoiceFormat) {
        typed[i] = number(String.valueOf(typed[i]));
      }
    }
    return format.format(typed);
  }

  private static long number(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 1 : Long.parseLong(digits);
  }

  private void learn(Message message, String text) {
    if (!text.contains("{")) {
      String whole =
          text.indexOf('\'') < 0 ? text : new MessageFormat(text, Locale.ROOT).format(null);
      plain.computeIfAbsent(whole, _ -> new ArrayList<>()).add(message);
      return;
    }
    for (String variant : variants(text)) {
      StringBuilder pattern = new StringBuilder();
      List<Integer> places = new ArrayList<>();
      String anchor = "";
      int at = 0;
      Matcher place = PLACE.matcher(variant);
      while (place.find()) {
        String literal = variant.substring(at, place.start()).replace("''", "'");
        anchor = literal.length() > anchor.length() ? literal : anchor;
        pattern.append(Pattern.quote(literal)).append("(.*?)");
        places.add(Integer.valueOf(place.group(1)));
        at = place.end();
      }
      String literal = variant.substring(at).replace("''", "'");
      anchor = literal.length() > anchor.length() ? literal : anchor;
      pattern.append(Pattern.quote(literal));
      if (anchor.chars().filter(Character::isLetter).count() > 1) {
        var compiled = Pattern.compile(pattern.toString(), Pattern.DOTALL);
        readings.add(new Reading(message, compiled, anchor, places));
      }
    }
  }

  /** A message once with each of its choices. */
  private static List<String> variants(String text) {
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      if (place.group(2) != null) {
        List<String> all = new ArrayList<>();
        for (String choice : place.group(2).split("\\|", -1)) {
          String words = choice.substring(choice.split("[#<≤]", 2)[0].length() + 1);
          all.addAll(
              variants(text.substring(0, place.start()) + words + text.substring(place.end())));
        }
        return all;
      }
    }
    return List.of(text);
  }

  private static Properties read(Class<?> slice, Language language) {
    String name =
        language == Language.ENGLISH
            ? "messages.properties"
            : "messages_" + language.code() + ".properties";
    Properties read = new Properties();
    try (var in = Objects.requireNonNull(slice.getResourceAsStream(name), name)) {
      read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
