package dev.countersign.server.account;

import java.util.UUID;

/**
 * A place in a store where sales are rung up; devices come and go, the register stays.
 *
 * @param name what people and receipts call it: 1 to 7 of A-Z and 0-9, no two alike in a store
 */
public record Register(UUID id, UUID store, String name) {}
