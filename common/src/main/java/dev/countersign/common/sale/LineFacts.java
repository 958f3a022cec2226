package dev.countersign.common.sale;

import dev.countersign.common.money.Quantity;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a line beside what it costs.
 *
 * @param deposit on whose line's behalf a container is sold, or null
 * @param empties true for empty containers that come back, which takes no receipt
 * @param weighing null for what was not weighed at the counter
 * @param batch of the goods, as their symbol says (GS1 AI 10); may be empty
 * @param lastDay until when they are good, as their symbol says (GS1 AI 17 or 7003, else 15), or
 *     null
 * @param serial number of this one piece, as its symbol says (GS1 AI 21); may be empty
 * @param soldPast who decided to sell them though {@code lastDay} was over, or null
 */
public record LineFacts(
    @Nullable Of deposit,
    boolean empties,
    @Nullable Weighing weighing,
    String batch,
    @Nullable LocalDate lastDay,
    String serial,
    @Nullable UUID soldPast) {
  /** Nothing beside. */
  public static final LineFacts NONE = new LineFacts(null, false, null, "", null);

  /** Of empty containers that come back. */
  public static final LineFacts EMPTIES = new LineFacts(null, true, null, "", null);

  /** Longest batch and longest serial number, in characters: GS1 General Specifications. */
  public static final int LONGEST_BATCH = 20;

  public LineFacts {
    batch = batch == null ? "" : batch;
    serial = serial == null ? "" : serial;
    if (!fits(batch) || !fits(serial)) {
      throw new IllegalArgumentException("a batch has at most " + LONGEST_BATCH + " characters");
    }
    if (soldPast != null && lastDay == null) {
      throw new IllegalArgumentException("nobody said until when they are good");
    }
    if (empties && (deposit != null || weighing != null)) {
      throw new IllegalArgumentException("empties go with no goods");
    }
  }

  /** Of goods of which no serial number is known and that are not past their day. */
  public LineFacts(
      @Nullable Of deposit,
      boolean empties,
      @Nullable Weighing weighing,
      String batch,
      @Nullable LocalDate lastDay) {
    this(deposit, empties, weighing, batch, lastDay, "", null);
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST_BATCH && Notes.fits(text);
  }

  /**
   * The goods that a container goes with.
   *
   * @param line their number, above 0
   * @param each how many of the container go with one of them, above 0
   */
  public record Of(int line, Quantity each) {
    public Of {
      Objects.requireNonNull(each, "each");
      if (line < 1 || !each.isPositive()) {
        throw new IllegalArgumentException("a container goes with goods");
      }
    }
  }

  /** Of a container that goes with goods. */
  static LineFacts deposit(int line, Quantity each) {
    return new LineFacts(new Of(line, each), false, null, "", null);
  }

  /** Of what a symbol says of its goods. */
  public static LineFacts of(String batch, @Nullable LocalDate lastDay) {
    return new LineFacts(null, false, null, batch, lastDay);
  }

  /** Of goods that were weighed. */
  public LineFacts with(Weighing how) {
    return new LineFacts(deposit, empties, how, batch, lastDay, serial, soldPast);
  }

  /** Of the piece with this serial number; empty for none that is known. */
  public LineFacts with(String number) {
    return new LineFacts(deposit, empties, weighing, batch, lastDay, number, soldPast);
  }

  /** Of goods that somebody decided to sell after their last day. */
  public LineFacts sold(UUID by, LocalDate past) {
    return new LineFacts(deposit, empties, weighing, batch, past, serial, by);
  }
}
