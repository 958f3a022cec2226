package dev.countersign.server.account;

import java.util.UUID;

/**
 * A shop of a tenant.
 *
 * @param number what people and receipts call it: 1 to 8 of A-Z and 0-9, no two alike in a tenant
 */
public record Store(UUID id, String number, String name) {}
