package dev.countersign.common.promotion;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A {@link Selection}, ready to be asked often. */
record Wanted(boolean everything, Set<UUID> products, Set<String> categories) {
  static Wanted of(Selection goods) {
    return new Wanted(
        goods.meansEverything(), Set.copyOf(goods.products()), Set.copyOf(goods.categories()));
  }

  boolean has(@Nullable UUID product, String category) {
    return everything
        || (product != null && products.contains(product))
        || categories.contains(category);
  }
}
