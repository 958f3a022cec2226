package dev.countersign.common.protocol;

import java.util.stream.Stream;

/**
 * What is known of a customer. It never stands in a signed change: those commit to it, see {@link
 * CustomerWord}.
 *
 * @param number the shop's own, such as that of a customer card; may be empty
 * @param name 1 to 120 characters
 * @param mayMail whether they agreed to be written to about offers
 * @param mayCall whether they agreed to be called about offers
 */
public record CustomerDetails(
    String number,
    String name,
    String phone,
    String email,
    boolean mayMail,
    boolean mayCall,
    String note) {
  private static final int LONGEST = 120;

  public CustomerDetails {
    // What is empty is not written.
    number = number == null ? "" : number;
    name = name == null ? "" : name;
    phone = phone == null ? "" : phone;
    email = email == null ? "" : email;
    note = note == null ? "" : note;
  }

  /** Somebody of whom no more than this is known. */
  public static CustomerDetails of(String number, String name, String phone, String email) {
    return new CustomerDetails(number, name, phone, email, false, false, "");
  }

  /** Whether there is a name, and every text is one line that is not too long. */
  public boolean fits() {
    return !name.isEmpty()
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
