package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.ProductChanged;
import dev.countersign.common.change.ProductChanged.Edit;
import dev.countersign.common.change.ProductChanged.Field;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who wins when a product is changed in two places: the server's order decides, field by field. A
 * field that still holds what the change was made from takes the new value; another has a newer
 * word, and the change is superseded in it. Pure.
 */
final class ProductRules {
  private ProductRules() {}

  static Judgement changed(
      Change change, ProductChanged body, Ground ground, Instant received, List<String> flags) {
    Set<Field> seen = EnumSet.noneOf(Field.class);
    for (Edit edit : body.fields()) {
      if (!edit.fits() || !seen.add(edit.field())) {
        return Judgement.quarantined(Judge.MALFORMED);
      }
    }
    Optional<ProductItem> product = ground.product(change.entity());
    if (seen.isEmpty() || product.isEmpty()) {
      return Judgement.quarantined(seen.isEmpty() ? Judge.MALFORMED : Judge.UNKNOWN_PRODUCT);
    }
    if (!knowsTaxes(body, ground)) {
      return Judgement.quarantined(TaxRules.UNKNOWN);
    }
    List<String> lost = new ArrayList<>();
    for (Edit edit : body.fields()) {
      if (!wins(product.get(), edit)) {
        lost.add(edit.field().lostCode());
      }
    }
    if (!lost.isEmpty()) {
      lost.addAll(flags);
      return new Judgement(Verdict.SUPERSEDED, String.join(",", lost));
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  private static boolean knowsTaxes(ProductChanged body, Ground ground) {
    return body.fields().stream()
        .filter(edit -> edit.field() == Field.TAXES)
        .flatMap(edit -> Field.taxes(edit.to()).stream())
        .allMatch(tax -> ground.tax(tax).isPresent());
  }

  /** The product with every edit of the change that wins. */
  static ProductItem applied(ProductItem product, ProductChanged body) {
    ProductItem now = product;
    for (Edit edit : body.fields()) {
      if (wins(product, edit)) {
        now = with(now, edit.field(), edit.to());
      }
    }
    return now;
  }

  /** What a field of a product holds. */
  static String held(ProductItem product, Field field) {
    return switch (field) {
      case NAME -> product.name();
      case CATEGORY -> product.category();
      case SIZE -> product.size();
      case PRICE -> Long.toString(product.price());
      case LEAST_AGE, RESTRICTED, WEIGHED, CONTAINER, DEPOSITS, OPEN_PRICE ->
          field.of(product.handled()).orElseThrow();
      case TAXES -> Field.ofTaxes(product.taxes());
    };
  }

  private static boolean wins(ProductItem product, Edit edit) {
    String held = held(product, edit.field());
    return held.equals(edit.from()) || held.equals(edit.to());
  }

  private static ProductItem with(ProductItem product, Field field, String value) {
    return new ProductItem(
        product.sku(),
        field == Field.NAME ? value : product.name(),
        field == Field.CATEGORY ? value : product.category(),
        field == Field.SIZE ? value : product.size(),
        field == Field.PRICE ? Long.parseLong(value) : product.price(),
        field == Field.TAXES ? Field.taxes(value) : product.taxes(),
        product.barcodes(),
        field.in(product.handled(), value));
  }
}
