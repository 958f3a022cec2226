package dev.countersign.server.receipt;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.log.InclusionProof;
import dev.countersign.common.log.SignedCheckpoint;

/**
 * A sale that was found in the log and whose inclusion was verified. Nothing in it is about a
 * person.
 *
 * @param receipt the number on the paper, as the till signed it
 * @param total in minor units of {@code currency}, as the till signed it
 * @param counts false while it is set aside until somebody has looked at it
 * @param index of its entry
 * @param leaf the hash of its entry
 * @param checkpoint the log's signed head that the proof leads to
 */
public record ReceiptProof(
    String receipt,
    long total,
    String currency,
    boolean counts,
    long index,
    Hash leaf,
    InclusionProof proof,
    SignedCheckpoint checkpoint) {}
