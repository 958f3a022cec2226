package dev.countersign.client.flow;

import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.ParkedSale;
import dev.countersign.client.ledger.ParkedSales;
import dev.countersign.client.ledger.ParkedSales.Reach;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.money.Money;
import dev.countersign.common.sale.Basket;
import dev.countersign.common.sale.ParkedBasket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a customer's sale aside and takes it up again, at this till or another one of the store. One
 * thread at a time; blocking.
 */
public final class Parking {
  private final Selling selling;
  private final ParkedSales parked;
  private final Users users;

  public Parking(Selling selling, ParkedSales parked, Users users) {
    this.selling = selling;
    this.parked = parked;
    this.users = users;
  }

  /**
   * A sale that waits, as a list shows it.
   *
   * @param name may be empty
   * @param items pieces; anything weighed counts as one
   * @param total what it comes to here and now
   * @param by the name of whoever put it aside
   * @param elsewhere the name of another till that it was put aside on (may be empty); null for
   *     this one
   * @param onlyHere whether no other till can take it up
   * @param days how many it has waited
   * @param then what it came to on the other till; empty for a sale of this one
   * @param usable false for one of another till of which goods, prices or taxes of here make none:
   *     it can only be thrown away here, and {@code total} is that of the other till
   */
  public record Waiting(
      UUID id,
      String name,
      long items,
      Money total,
      Instant since,
      String by,
      @Nullable String elsewhere,
      boolean onlyHere,
      long days,
      Optional<Money> then,
      boolean usable) {
    /** Whether it comes to something else here and now than where it was put aside. */
    public boolean isPricedAnew() {
      return then.filter(before -> !before.equals(total)).isPresent();
    }
  }

  /** A sale was put aside: what is shown now, and where it can be taken up. */
  public record Aside(Running now, Reach reach) {}

  /** All that wait, the longest first. */
  public List<Waiting> waiting() {
    return parked.list().stream().map(this::shown).toList();
  }

  /** One of another till that prices of here make none must not hide the others, nor be hidden. */
  private Waiting shown(ParkedSale sale) {
    ParkedBasket told = sale.told();
    Basket basket = sale.basket();
    // Whatever goes wrong with it, a shop has one currency.
    Optional<Money> then =
        Optional.ofNullable(told)
            .map(there -> Money.of(there.total(), selling.basket().currency()));
    try {
      if (basket != null) {
        return waiting(sale, Running.items(basket), selling.total(basket), then, true);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      if (told == null) {
        throw e;
      }
    }
    long items = Objects.requireNonNull(told, "one of another till").items();
    return waiting(sale, items, then.orElseThrow(), then, false);
  }

  private Waiting waiting(
      ParkedSale sale, long items, Money total, Optional<Money> then, boolean usable) {
    return new Waiting(
        sale.id(),
        sale.name(),
        items,
        total,
        sale.at(),
        users.nameOf(sale.by()),
        sale.elsewhere(),
        sale.onlyHere(),
        Duration.between(sale.at(), selling.now()).toDays(),
        then,
        usable);
  }

  public int count() {
    return parked.count();
  }

  /**
   * Puts the running sale aside; the next customer.
   *
   * @param approver the second person, or null when nobody was asked
   * @param name may be empty
   */
  public Aside park(UUID cashier, @Nullable UUID approver, String name) {
    answerForAll(cashier, approver);
    Reach reach = parked.park(actor(cashier, approver), name, selling.running().total());
    return new Aside(selling.next(), reach);
  }

  /**
   * Takes a sale up again; one that is running is put aside for it.
   *
   * @param approver the second person, or null when nobody was asked
   * @return empty when it was taken up already
   */
  public Optional<Running> recall(UUID cashier, @Nullable UUID approver, UUID sale) {
    answerForAll(cashier, approver);
    return parked
        .recall(actor(cashier, approver), sale, selling.running().total())
        .map(
            taken ->
                taken.elsewhere()
                    ? selling.takeUp(taken.basket())
                    : selling.resume(taken.basket()));
  }

  /**
   * Throws a parked sale away, as voiding the running one does; that one is not touched.
   *
   * @param approver the second person, or null when nobody was asked
   * @return false when it was taken up already
   */
  public boolean discard(UUID cashier, @Nullable UUID approver, UUID sale) {
    return parked.discard(actor(cashier, approver), sale);
  }

  /** What is put aside is told to other tills, and stands there by somebody's word. */
  private void answerForAll(UUID cashier, @Nullable UUID approver) {
    selling.answered(OffAll.answered(selling, users, selling.basket(), cashier, approver));
  }

  private Actor actor(UUID cashier, @Nullable UUID approver) {
    return new Actor(cashier, approver, selling.now());
  }
}
