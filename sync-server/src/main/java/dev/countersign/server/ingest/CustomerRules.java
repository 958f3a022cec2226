package dev.countersign.server.ingest;

import dev.countersign.common.change.Change;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.SaleCompleted;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides on customers, by the commitments to what is known of them alone: the details themselves
 * stand in no change and may come before it or after it. Pure.
 */
final class CustomerRules {
  /** Nobody ever added this customer. */
  static final String UNKNOWN = "unknown-customer";

  /** What was known of this customer was erased. */
  static final String ERASED = "customer-erased";

  private static final Pattern COMMITMENT = Pattern.compile("[0-9a-f]{64}");

  private CustomerRules() {}

  static Judgement added(
      Change change, CustomerAdded body, Ground ground, Instant received, List<String> flags) {
    if (!COMMITMENT.matcher(body.details()).matches()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    if (ground.customer(change.entity()).isPresent()) {
      return Judgement.quarantined(Judge.DUPLICATE);
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static Judgement changed(
      Change change, CustomerChanged body, Ground ground, Instant received, List<String> flags) {
    if (!COMMITMENT.matcher(body.details()).matches()) {
      return Judgement.quarantined(Judge.MALFORMED);
    }
    Optional<Ground.Customer> found = ground.customer(change.entity());
    if (found.isEmpty() || found.get().erased()) {
      return Judgement.quarantined(found.isEmpty() ? UNKNOWN : ERASED);
    }
    if (!found.get().details().equals(body.replaces())) {
      List<String> codes = new ArrayList<>(List.of(WrittenRules.LATER_VERSION));
      codes.addAll(flags);
      return new Judgement(Verdict.SUPERSEDED, String.join(",", codes));
    }
    Judge.addClock(flags, change.at(), received);
    return Judgement.flagged(flags);
  }

  static void check(SaleCompleted sale, Ground ground, List<String> flags) {
    UUID customer = sale.customer();
    if (customer != null && ground.customer(customer).isEmpty()) {
      flags.add(UNKNOWN);
    }
  }
}
