package dev.countersign.client.ledger;

import dev.countersign.common.protocol.Verdict;
import java.time.Instant;

/**
 * A change that the server did not plainly accept.
 *
 * @param change its number on this device
 * @param type the wire name of its type
 * @param receipt the receipt number when it is a sale, else empty
 * @param code why
 */
public record VerdictView(
    long change, String type, Instant at, String receipt, Verdict verdict, String code) {}
