package dev.countersign.client.ui.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The texts of one slice in the language of the person. Each package of screens has a {@code
 * messages} bundle beside its classes; a missing key is a bug and throws.
 */
public final class Words {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Words(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
  }

  /** The texts that stand beside this class. */
  public static Words beside(Class<?> slice, Locale locale) {
    String name = slice.getPackageName() + ".messages";
    var control =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT);
    return new Words(
        ResourceBundle.getBundle(name, locale, slice.getClassLoader(), control), locale);
  }

  /** The text under a key; arguments go in by {@link MessageFormat}'s rules. */
  public String say(String key, Object... arguments) {
    String pattern = bundle.getString(key);
    return arguments.length == 0 && pattern.indexOf('\'') < 0
        ? pattern
        : new MessageFormat(pattern, locale).format(arguments);
  }

  public Locale locale() {
    return locale;
  }
}
