package dev.countersign.client.ui.kit;

import java.util.Locale;

/** A language that every screen and every receipt speaks. */
public enum Language {
  ENGLISH("en", "English"),
  FRENCH("fr", "Français"),
  GERMAN("de", "Deutsch"),
  SPANISH("es", "Español"),
  /** With the digits that stand on the keys of a till. */
  ARABIC("ar-u-nu-latn", "العربية");

  private final Locale locale;
  private final String ownName;

  Language(String tag, String ownName) {
    this.locale = Locale.forLanguageTag(tag);
    this.ownName = ownName;
  }

  /** The one of this locale; English when it is none of these. */
  public static Language of(Locale locale) {
    for (Language each : values()) {
      if (each.code().equals(locale.getLanguage())) {
        return each;
      }
    }
    return ENGLISH;
  }

  public Locale locale() {
    return locale;
  }

  /** Two letters (ISO 639-1). */
  public String code() {
    return locale.getLanguage();
  }

  /** What those who speak it call it. */
  public String ownName() {
    return ownName;
  }

  public boolean isRightToLeft() {
    return this == ARABIC;
  }
}
