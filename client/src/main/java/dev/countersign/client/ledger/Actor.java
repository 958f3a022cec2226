package dev.countersign.client.ledger;

import dev.countersign.common.sale.Agreed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, who approved it in place, and when.
 *
 * @param user whose PIN is in force
 * @param approver the second person, or null when nobody was asked
 * @param at the wall clock
 */
public record Actor(UUID user, @Nullable UUID approver, Instant at) {
  /** Names the one other person who answered on the spot, if it was one and nobody is named yet. */
  Actor with(List<Agreed> words) {
    List<UUID> others =
        words.stream().map(Agreed::person).filter(each -> !each.equals(user)).distinct().toList();
    return approver == null && others.size() == 1 ? new Actor(user, others.getFirst(), at) : this;
  }
}
