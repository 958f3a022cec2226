package dev.countersign.client.ledger;

import dev.countersign.common.permission.Role;
import dev.countersign.common.protocol.FeedBody;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who may use this device.
 *
 * @param joining lets the person choose a PIN here with a joining code; null when none is open
 */
public record UserView(UUID id, String name, Role role, FeedBody.@Nullable Joining joining) {}
