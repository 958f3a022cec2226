package dev.countersign.common.sale;

import dev.countersign.common.permission.PermissionKey;
import java.util.UUID;

/**
 * Somebody answers for an act in a basket that not everybody may do: whoever did it, or the second
 * person who approved it on the spot.
 */
public record Agreed(PermissionKey act, UUID person) {}
