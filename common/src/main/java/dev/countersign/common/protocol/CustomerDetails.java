package dev.countersign.common.protocol;

import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of a customer. It never stands in a signed change: those commit to it, see {@link
 * CustomerWord}.
 *
 * @param number the shop's own, such as that of a customer card; may be empty
 * @param name 1 to 120 characters
 * @param mayMail whether they agreed to be written to about offers
 * @param mayCall whether they agreed to be called about offers
 * @param language of the papers they are given, one of {@link #LANGUAGES}; empty for the shop's
 */
public record CustomerDetails(
    String number,
    String name,
    String phone,
    String email,
    boolean mayMail,
    boolean mayCall,
    String note,
    String language) {
  /** Those that papers are printed in: two letters (ISO 639-1). */
  public static final Set<String> LANGUAGES = Set.of("en", "fr", "de", "es", "ar");

  private static final int LONGEST = 120;

  public CustomerDetails {
    // What is empty is not written.
    number = number == null ? "" : number;
    name = name == null ? "" : name;
    phone = phone == null ? "" : phone;
    email = email == null ? "" : email;
    note = note == null ? "" : note;
    language = language == null ? "" : language;
  }

  /** Somebody of whom no more than this is known. */
  public static CustomerDetails of(String number, String name, String phone, String email) {
    return new CustomerDetails(number, name, phone, email, false, false, "", "");
  }

  /** The same, who is given papers in this language. */
  public CustomerDetails speaking(String language) {
    return new CustomerDetails(number, name, phone, email, mayMail, mayCall, note, language);
  }

  /**
   * Whether there is a name, every text is one line that is not too long, and the language is one
   * that there is.
   */
  public boolean fits() {
    return !name.isEmpty()
        && (language.isEmpty() || LANGUAGES.contains(language))
        && texts()
            .allMatch(
                text ->
                    text.length() <= LONGEST
                        && text.equals(text.strip())
                        && text.chars().noneMatch(Character::isISOControl));
  }

  /** Everything that a person typed. */
  public Stream<String> texts() {
    return Stream.of(number, name, phone, email, note);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "CustomerDetails[…]";
  }
}
