package dev.countersign.common.catalogue;

/**
 * How a tenant's scales and labellers print their codes.
 *
 * @param name for the settings screen
 * @param pattern which codes it reads
 * @param meaning what the embedded value is
 */
public record BarcodeRule(String name, BarcodePattern pattern, Meaning meaning) {
  /** What a value embedded in a barcode says. */
  public enum Meaning {
    WEIGHT,
    COUNT,
    PRICE
  }
}
