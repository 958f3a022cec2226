package dev.countersign.common.catalogue;

import dev.countersign.common.money.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A returnable container that goes with goods: what stands in the catalogue as a product of its
 * own, such as a bottle or a crate.
 *
 * @param product the container
 * @param each how many of it go with one of the goods, whole, 1 to {@value #MOST_EACH}
 */
public record Deposit(UUID product, Quantity each) {
  /** More containers than any crate holds. */
  public static final int MOST_EACH = 999;

  /** A crate, its bottles, and two more. */
  public static final int MOST = 4;

  public Deposit {
    Objects.requireNonNull(product, "product");
    if (!each.isWhole() || !each.isPositive() || each.compareTo(Quantity.of(MOST_EACH)) > 0) {
      throw new IllegalArgumentException("1 to " + MOST_EACH + " containers with one of the goods");
    }
  }

  /** The one text form of several: {@code product*quantity}, a space between them. */
  public static String text(List<Deposit> deposits) {
    var parts = new ArrayList<String>();
    for (var deposit : deposits) {
      parts.add(deposit.product() + "*" + deposit.each().toDecimalString());
    }
    return String.join(" ", parts);
  }

  /** Reads {@link #text}; empty for anything that it would not write. */
  public static Optional<List<Deposit>> read(String text) {
    var deposits = new ArrayList<Deposit>();
    try {
      for (var part : text.isEmpty() ? new String[0] : text.split(" ", MOST + 1)) {
        int star = part.indexOf('*');
        deposits.add(
            new Deposit(
                UUID.fromString(part.substring(0, Math.max(0, star))),
                Quantity.parse(part.substring(star + 1))));
      }
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    boolean several = deposits.stream().map(Deposit::product).distinct().count() < deposits.size();
    return several || deposits.size() > MOST || !text(deposits).equals(text)
        ? Optional.empty()
        : Optional.of(List.copyOf(deposits));
  }
}
