package dev.countersign.common.protocol;

import dev.countersign.common.crypto.Hash;
import java.time.Instant;
import java.util.UUID;

/**
 * What stands before the changes of a batch.
 *
 * @param epoch the server epoch the device last saw; it changes when the server was restored
 * @param number dense per device, from 1
 * @param previous hash of the payload bytes of batch {@code number - 1}; {@link Hash#ZERO} for the
 *     first
 * @param firstChange number of the first change; the run is contiguous
 * @param boot changes with every start of the device
 * @param monotonicNanos the device's monotonic clock when the batch was sealed
 * @param wall the device's wall clock when the batch was sealed
 * @param feedCursor the feed position the changes were made on top of
 */
public record BatchHeader(
    UUID tenant,
    UUID device,
    UUID epoch,
    long number,
    Hash previous,
    long firstChange,
    long lastChange,
    UUID boot,
    long monotonicNanos,
    Instant wall,
    long policy,
    long feedCursor) {}
