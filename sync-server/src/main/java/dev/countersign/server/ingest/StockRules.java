package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.StockCounted;
import dev.countersign.common.change.StockMoved;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides on goods that move other than by a sale, and on counts of them. Movements add up and none
 * is refused for what is there: a level below nothing is a question for a person, not a verdict.
 * Pure.
 */
final class StockRules {
  /** Above this no quantity is believed: a thousand million of anything, in millionths. */
  static final long LARGEST_QUANTITY = 1_000_000_000_000_000L;

  private StockRules() {}

  static Judgement moved(
      Change change,
      StockMoved body,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!body.fits()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    Optional<String> wrong =
        wrong(
            change,
            body.store(),
            body.lines().stream().map(StockMoved.Line::product),
            body.lines().stream().map(StockMoved.Line::quantity),
            post,
            ground);
    if (wrong.isPresent()) {
      return Judgement.quarantined(wrong.get());
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /**
   * Of a count, the lines that somebody counted later are of no effect; the others are a set-point
   * all the same.
   */
  static Judgement counted(
      Change change,
      StockCounted body,
      Post post,
      Ground ground,
      Instant received,
      List<String> flags) {
    if (!body.fits()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    Optional<String> wrong =
        wrong(
            change,
            body.store(),
            body.lines().stream().map(StockCounted.Line::product),
            body.lines().stream().map(StockCounted.Line::quantity),
            post,
            ground);
    if (wrong.isPresent()) {
      return Judgement.quarantined(wrong.get());
    }
    Instant when = when(change, received);
    boolean older =
        body.lines().stream()
            .anyMatch(line -> ground.counted(line.product()).filter(when::isBefore).isPresent());
    if (older) {
      List<String> codes = new ArrayList<>(List.of(Judge.COUNTED_LATER));
      codes.addAll(flags);
      return new Judgement(Verdict.SUPERSEDED, String.join(",", codes));
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  /** By the device's clock, but nothing happened later than it was heard of. */
  static Instant when(Change change, Instant received) {
    return change.at().isAfter(received) ? received : change.at();
  }

  private static Optional<String> wrong(
      Change change,
      UUID store,
      Stream<UUID> products,
      Stream<Quantity> quantities,
      Post post,
      Ground ground) {
    if (!store.equals(post.store())) {
      return Optional.of(Judge.WRONG_STORE);
    }
    if (quantities.anyMatch(StockRules::isBeyondBelief)) {
      return Optional.of(Judge.OUT_OF_RANGE);
    }
    if (ground.hasStockEntry(change.entity())) {
      return Optional.of(Judge.DUPLICATE);
    }
    return products.allMatch(ground::hasProduct)
        ? Optional.empty()
        : Optional.of(Judge.UNKNOWN_PRODUCT);
  }

  private static boolean isBeyondBelief(Quantity quantity) {
    return quantity.millionths() > LARGEST_QUANTITY || quantity.millionths() < -LARGEST_QUANTITY;
  }
}
