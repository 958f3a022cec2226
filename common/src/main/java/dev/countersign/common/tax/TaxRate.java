package dev.countersign.common.tax;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A rate that holds from a day on, until the next one begins.
 *
 * @param from the first business day, in the time zone of the store that sells
 * @param rate as {@link TaxRule#rate} has it
 */
public record TaxRate(LocalDate from, BigDecimal rate) {}
