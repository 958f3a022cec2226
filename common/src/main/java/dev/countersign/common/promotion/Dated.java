package dev.countersign.common.promotion;

import java.util.UUID;

/** A promotion under its id. */
public record Dated(UUID id, Promotion promotion) {}
