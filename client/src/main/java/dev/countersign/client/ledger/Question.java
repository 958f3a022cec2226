package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Edited;
import dev.countersign.common.protocol.FeedBody.QuestionItem.Reported;
import dev.countersign.common.protocol.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server did not plainly accept, as the office's worklist shows it.
 *
 * @param type the wire name of the change's kind, or {@code unreadable}
 * @param code why; several joined by {@code ","}
 * @param at by the device's clock; null where the change could not be read
 * @param receipt of a sale, else empty
 * @param total what a sale came to, or null
 * @param edits what was to be changed, of a product; empty for others
 * @param acceptable whether what was quarantined can be made to count
 * @param reported what somebody noticed, else null
 * @param pending whether a decision was made here that the server has not countersigned
 */
public record Question(
    UUID device,
    String deviceName,
    long batch,
    long number,
    String type,
    Verdict verdict,
    String code,
    Instant received,
    @Nullable Instant at,
    String actor,
    String receipt,
    @Nullable Money total,
    List<Edited> edits,
    boolean acceptable,
    @Nullable Reported reported,
    boolean pending) {}
