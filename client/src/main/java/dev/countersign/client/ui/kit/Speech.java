package dev.countersign.client.ui.kit;

import java.util.Locale;

/**
 * The language that a window speaks at the moment. Whoever holds this speaks another one as soon as
 * it changes; what is on the screen already is shown anew by whoever changed it.
 */
public final class Speech {
  private volatile Language language;

  public Speech(Language language) {
    this.language = language;
  }

  public Language language() {
    return language;
  }

  public Locale locale() {
    return language.locale();
  }

  public void change(Language other) {
    language = other;
  }
}
