package dev.countersign.client.flow;

import dev.countersign.client.ledger.CatalogueHit;
import dev.countersign.common.catalogue.UnreadableCode;
import java.util.List;

/** What came of a scan or of something typed. Only {@link Added} changed the basket. */
public sealed interface ScanOutcome {

  /** A line was added or its quantity increased; {@link Running#touched} says which. */
  record Added(Running running) implements ScanOutcome {}

  /** Several products bear this code: a person chooses. */
  record Choose(String code, List<CatalogueHit> hits) implements ScanOutcome {
    public Choose {
      hits = List.copyOf(hits);
    }
  }

  /** {@code 6 ×}: so many of what comes next. */
  record Multiplied(Running running) implements ScanOutcome {}

  /** No product bears this code. Nothing was added. */
  record Unknown(String code) implements ScanOutcome {}

  /** The code itself is wrong or cut off. Nothing was added. */
  record Unreadable(String code, UnreadableCode.Reason reason) implements ScanOutcome {}

  /** The number before × is zero, too large or not a number. */
  record WrongCount(String typed) implements ScanOutcome {}

  /** The basket holds as many lines as any receipt can; it must be paid or discarded. */
  record Full() implements ScanOutcome {}
}
