package dev.countersign.client.ui.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of one slice in the language of the person. Each package of screens has a {@code
 * messages_XX.properties} for each {@link Language} beside its classes, and one without a language
 * that is English. A till rather says something in English than nothing; a key that English lacks
 * is a bug and throws.
 */
public final class Words {
  private final Class<?> slice;
  private final Speech speech;
  private final Map<Language, Properties> texts = new ConcurrentHashMap<>();

  private Words(Class<?> slice, Speech speech) {
    this.slice = slice;
    this.speech = speech;
  }

  /** The texts that stand beside this class. */
  public static Words beside(Class<?> slice, Speech speech) {
    return new Words(slice, speech);
  }

  /**
   * The text under a key; arguments go in by {@link MessageFormat}'s rules.
   *
   * @throws MissingResourceException when there is none
   */
  public String say(String key, Object... arguments) {
    Language language = speech.language();
    String pattern = in(language).getProperty(key);
    if (pattern == null) {
      throw new MissingResourceException("no text " + key, slice.getPackageName(), key);
    }
    return arguments.length == 0 && pattern.indexOf('\'') < 0
        ? pattern
        : new MessageFormat(pattern, language.locale()).format(arguments);
  }

  /** The same texts as another speech says them. */
  public Words in(Speech other) {
    return new Words(slice, other);
  }

  public Speech speech() {
    return speech;
  }

  private Properties in(Language language) {
    Properties known = texts.get(language);
    if (known == null) {
      known = read(language);
      texts.put(language, known);
    }
    return known;
  }

  private Properties read(Language language) {
    String name =
        language == Language.ENGLISH
            ? "messages.properties"
            : "messages_" + language.code() + ".properties";
    Properties read =
        language == Language.ENGLISH ? new Properties() : new Properties(in(Language.ENGLISH));
    try (InputStream in = slice.getResourceAsStream(name)) {
      if (in == null) {
        throw new MissingResourceException("no texts " + name, slice.getPackageName(), "");
      }
      read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
