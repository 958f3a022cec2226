package dev.countersign.common.promotion;

import java.util.List;
import java.util.UUID;

/**
 * Which goods are meant: these products and whatever stands in these categories; everything when
 * both are empty.
 *
 * @param products at most {@value #MOST}
 * @param categories by their names, at most {@value #MOST}
 */
public record Selection(List<UUID> products, List<String> categories) {
  /** As many as one change can carry beside all else. */
  public static final int MOST = 500;

  public static final Selection EVERYTHING = new Selection(List.of(), List.of());

  public Selection {
    products = products == null ? List.of() : List.copyOf(products);
    categories = categories == null ? List.of() : List.copyOf(categories);
  }

  public static Selection ofProducts(UUID... products) {
    return new Selection(List.of(products), List.of());
  }

  public static Selection ofCategories(String... categories) {
    return new Selection(List.of(), List.of(categories));
  }

  public boolean meansEverything() {
    return products.isEmpty() && categories.isEmpty();
  }

  /** Whether it is of a length that one change can carry, and every name can be printed. */
  public boolean fits() {
    return products.size() <= MOST
        && categories.size() <= MOST
        && categories.stream().allMatch(Promotion::isText);
  }
}
