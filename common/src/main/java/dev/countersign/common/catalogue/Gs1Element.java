package dev.countersign.common.catalogue;

/**
 * One element of a GS1 symbol.
 *
 * @param ai the application identifier, with the digit that says the decimals: "01", "3102"
 * @param raw the characters as they were scanned
 * @param value as the identifier means it: a measure as a decimal without trailing zeros, a date as
 *     yyyy-mm-dd, one with its time as yyyy-mm-ddThh:mm, anything else as it is
 */
public record Gs1Element(String ai, String raw, String value) {}
