package dev.countersign.client.ledger;

import dev.countersign.common.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** A cash session of this register. */
public record ShiftView(
    UUID id,
    long number,
    LocalDate businessDate,
    Instant openedAt,
    UUID openedBy,
    Money openingFloat) {}
