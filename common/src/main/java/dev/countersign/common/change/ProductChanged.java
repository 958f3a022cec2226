package dev.countersign.common.change;

import dev.countersign.common.catalogue.Deposit;
import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.permission.PermissionKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    PRICE,
    /** Of the buyer in years, as a decimal integer from 0 to 99; 0 for anybody. */
    LEAST_AGE,
    /** The kind of restricted goods, as {@code common.catalogue.Handling} names it. */
    RESTRICTED,
    /** {@code yes} when it is sold by the kilogram, else {@code no}. */
    WEIGHED,
    /** {@code yes} when it is a returnable container, else {@code no}. */
    CONTAINER,
    /** The containers that go with it, as {@code common.catalogue.Deposit} writes them. */
    DEPOSITS,
    /** The ids of its taxes in the order they apply, a space between them; empty for none. */
    TAXES,
    /** {@code yes} when whoever rings it up says what it costs, else {@code no}. */
    OPEN_PRICE;

    private static final int LONGEST = 200;
    private static final Pattern YEARS = Pattern.compile("0|[1-9][0-9]?");
    private static final Pattern YES_OR_NO = Pattern.compile("yes|no");
    private static final int MOST_TAXES = 12;
    private static final Pattern UUID_TEXT =
        Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
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
        case LEAST_AGE -> YEARS.matcher(value).matches();
        case RESTRICTED -> Handling.isKind(value);
        case WEIGHED, CONTAINER, OPEN_PRICE -> YES_OR_NO.matcher(value).matches();
        case DEPOSITS -> Deposit.read(value).isPresent();
        case TAXES -> value.isEmpty() || areTaxes(value.split(" ", -1));
      };
    }

    private static boolean areTaxes(String[] ids) {
      return ids.length <= MOST_TAXES
          && Arrays.stream(ids).allMatch(id -> UUID_TEXT.matcher(id).matches())
          && Arrays.stream(ids).distinct().count() == ids.length;
    }

    /** The taxes of a product, as {@link #TAXES} holds them. */
    public static String ofTaxes(List<UUID> taxes) {
      return taxes.stream().map(UUID::toString).collect(Collectors.joining(" "));
    }

    /** What {@link #TAXES} holds, which {@link #fits}. */
    public static List<UUID> taxes(String value) {
      return value.isEmpty()
          ? List.of()
          : Arrays.stream(value.split(" ", -1)).map(UUID::fromString).toList();
    }

    /** True for a field that a person writes in words, in which anything may stand. */
    public boolean holdsText() {
      return this == NAME || this == CATEGORY || this == SIZE || this == RESTRICTED;
    }

    /** What of the handling of a product a field holds; empty for a field of something else. */
    public Optional<String> of(Handling handling) {
      return switch (this) {
        case NAME, CATEGORY, SIZE, PRICE, TAXES -> Optional.empty();
        case LEAST_AGE -> Optional.of(Integer.toString(handling.leastAge()));
        case RESTRICTED -> Optional.of(handling.restricted());
        case WEIGHED -> Optional.of(handling.weighed() ? "yes" : "no");
        case CONTAINER -> Optional.of(handling.container() ? "yes" : "no");
        case OPEN_PRICE -> Optional.of(handling.asksPrice() ? "yes" : "no");
        case DEPOSITS -> Optional.of(Deposit.text(handling.deposits()));
      };
    }

    /** The handling with this field's value in it, which {@link #fits}. */
    public Handling in(Handling handling, String value) {
      return switch (this) {
        case NAME, CATEGORY, SIZE, PRICE, TAXES -> handling;
        case LEAST_AGE -> handling.withLeastAge(Integer.parseInt(value));
        case RESTRICTED -> handling.withRestricted(value);
        case WEIGHED -> handling.withWeighed(value.equals("yes"));
        case CONTAINER -> handling.withContainer(value.equals("yes"));
        case OPEN_PRICE -> handling.withOpenPrice(value.equals("yes"));
        case DEPOSITS -> handling.withDeposits(Deposit.read(value).orElse(List.of()));
      };
    }

    /** What a verdict says when somebody was there before: {@code superseded-price} and so on. */
    public String lostCode() {
      return "superseded-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
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
