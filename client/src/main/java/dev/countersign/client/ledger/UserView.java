package dev.countersign.client.ledger;

import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who may use this device.
 *
 * @param role the one that counts in this device's store
 * @param joining lets the person choose a PIN here with a joining code; null when none is open
 * @param pinEpoch how often their PINs were reset; one that was chosen before opens nothing
 */
public record UserView(
    UUID id, String name, Role role, FeedBody.@Nullable Joining joining, long pinEpoch) {}
