package dev.countersign.common.catalogue;

import java.util.Optional;

/**
 * A code that names an item and nothing else: a GTIN, or the shop's own number.
 *
 * @param gtin present when the text can be read as a trade item number
 */
public record PlainCode(String text, Optional<Gtin> gtin) implements ScanReading {}
