package dev.countersign.common.change;

import dev.countersign.common.permission.PermissionKey;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields of a product were changed. The change's entity is the product. Each field stands for
 * itself: it wins when the server still holds what it was changed from, and is superseded when
 * somebody was there before; the loser is kept and can be applied again by a person.
 *
 * @param fields at least one, each field once
 */
public record ProductChanged(List<Edit> fields) implements ChangeBody {
  /** What of a product can be changed. */
  public enum Field {
    /** Not empty. */
    NAME,
    CATEGORY,
    SIZE,
    /** Minor units of the tenant's currency, as a decimal integer from 0 to a million million. */
    PRICE;

    private static final int LONGEST = 200;
    private static final Pattern MINOR = Pattern.compile("0|[1-9][0-9]{0,11}");

    /** Whether a field can hold this: one form for each value, and none that is too long. */
    public boolean fits(String value) {
      boolean text =
          value.length() <= LONGEST
              && value.equals(value.strip())
              && value.chars().noneMatch(Character::isISOControl);
      return switch (this) {
        case NAME -> text && !value.isEmpty();
        case CATEGORY, SIZE -> text;
        case PRICE -> MINOR.matcher(value).matches();
      };
    }

    /** What a verdict says when somebody was there before: {@code superseded-price} and so on. */
    public String lostCode() {
      return "superseded-" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A field.
   *
   * @param from what it held on the device when it was changed
   * @param to what it shall hold
   */
  public record Edit(Field field, String from, String to) {
    public Edit {
      Objects.requireNonNull(field, "field");
      // Nothing is written for an empty text.
      from = from == null ? "" : from;
      to = to == null ? "" : to;
    }

    /** Whether the field can hold it. */
    public boolean fits() {
      return field.fits(to);
    }
  }

  public ProductChanged {
    fields = List.copyOf(fields);
  }

  @Override
  public Set<PermissionKey> requires() {
    return Set.of(PermissionKey.PRODUCT_EDIT);
  }
}
