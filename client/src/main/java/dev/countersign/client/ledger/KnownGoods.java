package dev.countersign.client.ledger;

import dev.countersign.common.sale.Buyer;
import dev.countersign.common.sale.LineItem;
import dev.countersign.common.sale.ParkedBasket.Goods;
import dev.countersign.common.sale.ParkedBasket.Known;
import dev.countersign.common.tax.TaxRule;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What this till sells, by which baskets of other tills are made anew. Taxes are at the rates of
 * always: whoever shows a basket taxes it by the day.
 */
final class KnownGoods implements Goods {
  private final Catalogue catalogue;
  private final Customers customers;

  KnownGoods(Catalogue catalogue, Customers customers) {
    this.catalogue = catalogue;
    this.customers = customers;
  }

  @Override
  public Optional<Known> product(UUID product, String code) {
    return catalogue
        .byId(product)
        .map(
            found ->
                new Known(
                    new LineItem(
                        found.id(),
                        code,
                        found.name(),
                        found.size(),
                        catalogue.taxes(found, LocalDate.EPOCH),
                        found.category(),
                        found.handling()),
                    found.price()));
  }

  /** Where one of them is not known here, those that most goods bear: none would be wrong. */
  @Override
  public List<TaxRule> taxes(List<UUID> rules) {
    Map<UUID, TaxRule> known =
        catalogue.taxRules(LocalDate.EPOCH).stream()
            .collect(Collectors.toMap(TaxRule::id, Function.identity()));
    List<UUID> bears = known.keySet().containsAll(rules) ? rules : catalogue.usualTaxes();
    return bears.stream().map(known::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Optional<Buyer> buyer(UUID customer) {
    return customers
        .byId(customer)
        .map(found -> new Buyer(found.id(), found.details().name(), found.terms()));
  }
}
