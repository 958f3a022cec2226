package dev.countersign.common.protocol;

import dev.countersign.common.sale.TenderKind;
import dev.countersign.common.sale.TenderRules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a store is paid.
 *
 * @param tenders what is taken, by the names of {@code common.sale.TenderKind}; empty takes all
 * @param changeOf of what change is given besides cash, by the same names
 * @param tips the percentages that are proposed as a tip, each 1 to 100; empty asks for none
 */
public record PaymentSettings(List<String> tenders, List<String> changeOf, List<Integer> tips) {
  /** Everything is taken, change is given of cash alone, and nobody is asked for a tip. */
  public static final PaymentSettings USUAL = new PaymentSettings(List.of(), List.of(), List.of());

  public PaymentSettings {
    tenders = tenders == null ? List.of() : List.copyOf(tenders);
    changeOf = changeOf == null ? List.of() : List.copyOf(changeOf);
    tips = tips == null ? List.of() : List.copyOf(tips);
  }

  /** What the store takes; names that this program does not know are left out. */
  public TenderRules rules() {
    return new TenderRules(
        tenders.isEmpty() ? TenderRules.USUAL.taken() : kinds(tenders), kinds(changeOf));
  }

  private static Set<TenderKind> kinds(List<String> names) {
    return Arrays.stream(TenderKind.values())
        .filter(kind -> names.contains(kind.name()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
