package dev.countersign.client.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the server knows what happened here.
 *
 * @param waiting changes that are not acknowledged
 * @param since when the oldest of them was recorded, or null when none waits
 * @param needsManager changes whose verdict a person should look at
 * @param stopped why this device may not send any more, or null when it may
 */
public record OutboxState(
    long waiting, @Nullable Instant since, long needsManager, @Nullable String stopped) {}
