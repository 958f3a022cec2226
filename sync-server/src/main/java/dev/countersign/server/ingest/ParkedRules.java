package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.SaleParked;
import dev.countersign.common.change.SaleRecalled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides on baskets that are put aside and taken up. A basket's sums are nobody's word: whoever
 * takes it up makes it anew. That it is taken up a second time is real, the goods may have been
 * sold twice or by two; so it counts, and a person looks at it. Pure.
 */
final class ParkedRules {
  /** Somebody had taken the basket up before, on this till or another. */
  static final String RECALLED_TWICE = "recalled-twice";

  /** No basket that counts was put aside under this id. */
  static final String UNKNOWN_BASKET = "unknown-basket";

  private ParkedRules() {}

  static Judgement parked(
      Change change,
      SaleParked body,
      FirstLook look,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, body.store(), body.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    if (!body.basket().currency().equals(post.currency())) {
      return Judgement.quarantined(Judge.SUMS);
    }
    if (!SaleSums.believable(body.basket().total())) {
      return Judgement.quarantined(Judge.OUT_OF_RANGE);
    }
    if (ground.parked(change.entity()).filter(Ground.Parked::parked).isPresent()) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addClock(flags, change.at(), received);
    if (!look.texts().governmentIds().isEmpty()) {
      flags.add(Judge.GOVERNMENT_ID);
    }
    return Judgement.flagged(flags);
  }

  static Judgement recalled(
      Change change,
      SaleRecalled body,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!Judge.isAt(post, body.store(), body.register())) {
      return Judgement.quarantined(Judge.WRONG_REGISTER);
    }
    Optional<Ground.Parked> found = ground.parked(change.entity());
    if (found.filter(parked -> !parked.store().equals(post.store())).isPresent()) {
      return Judgement.quarantined(Judge.WRONG_STORE);
    }
    if (found.filter(Ground.Parked::recalled).isPresent()) {
      flags.add(RECALLED_TWICE);
    } else if (found.isEmpty()) {
      flags.add(UNKNOWN_BASKET);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }
}
