package dev.countersign.server.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a device stands, as the server registered it.
 *
 * @param register null for an office
 * @param series the prefix of its receipt numbers
 * @param currency the tenant's ISO 4217 code
 * @param cutOff why nothing of the device counts any more; null while it does
 */
public record Post(
    UUID store, @Nullable UUID register, String series, String currency, @Nullable String cutOff) {}
