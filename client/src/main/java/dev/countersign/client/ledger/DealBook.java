package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.PriceListWritten;
import dev.countersign.common.change.PromotionWritten;
import dev.countersign.common.change.TaxWritten;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.protocol.FeedBody.PriceListItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.protocol.FeedBody.TaxItem;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.tax.Tax;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Promotions, price lists and taxes that are written on this device. */
final class DealBook {
  private final TillStore store;
  private final Users users;
  private final Recorder recorder;
  private final Deals deals;
  private final Catalogue catalogue;

  DealBook(TillStore store, Users users, Recorder recorder, Deals deals, Catalogue catalogue) {
    this.store = store;
    this.users = users;
    this.recorder = recorder;
    this.deals = deals;
    this.catalogue = catalogue;
  }

  void write(Actor actor, UUID id, Promotion promotion) {
    boolean card =
        CardNumbers.isIn(promotion.name())
            || (promotion.coupon() != null && CardNumbers.isIn(promotion.coupon().code()));
    if (card) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (!promotion.fits()) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    record(
        actor,
        id,
        new PromotionWritten(promotion),
        new PromotionItem(promotion),
        promotion.version());
  }

  void write(Actor actor, UUID id, PriceList list) {
    if (CardNumbers.isIn(list.name())) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (!list.fits()) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    record(actor, id, new PriceListWritten(list), new PriceListItem(list), list.version());
  }

  /**
   * Taxes of one name would be one on a receipt, and in a catalogue file nobody could tell which.
   *
   * @param today the business day in this store
   */
  void write(Actor actor, UUID id, Tax tax, LocalDate today) {
    if (CardNumbers.isIn(tax.name())) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    Map<UUID, Tax> known = catalogue.taxes();
    Tax before = known.get(id);
    boolean taken =
        known.entrySet().stream()
            .anyMatch(
                each ->
                    !each.getKey().equals(id)
                        && each.getValue().name().equalsIgnoreCase(tax.name()));
    if (!tax.fits() || taken || (before != null && !tax.mayFollow(before, today))) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    record(actor, id, new TaxWritten(tax), TaxItem.of(tax), tax.version());
    catalogue.forget();
  }

  /** Only on top of what is shown: another version was made of something else. */
  private void record(Actor actor, UUID id, ChangeBody body, FeedBody item, int version) {
    users.require(actor, List.copyOf(body.requires()));
    store.write(
        db -> {
          FeedBody standing = Written.read(db, item.kind(), item.getClass()).get(id);
          if (version != version(standing) + 1) {
            throw new ActRefusedException(Reason.DOES_NOT_FIT);
          }
          State state = State.read(db);
          recorder.append(db, actor, state, id, body);
          Written.write(db, state.change() + 1, id, item);
          return true;
        });
    deals.forget();
  }

  private static int version(@Nullable FeedBody item) {
    return switch (item) {
      case PromotionItem(Promotion promotion) -> promotion.version();
      case PriceListItem(PriceList list) -> list.version();
      case TaxItem tax -> tax.tax().version();
      case null, default -> 0;
    };
  }
}
