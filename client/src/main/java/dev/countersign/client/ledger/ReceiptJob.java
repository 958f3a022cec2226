package dev.countersign.client.ledger;

/**
 * A receipt that is still owed to paper.
 *
 * @param copy printing had begun before a crash: there may be a paper already, so this one is
 *     marked COPY
 */
public record ReceiptJob(CompletedSale sale, boolean copy) {}
