package dev.countersign.client.flow;

import java.time.LocalDate;

/**
 * A sale that is being paid, and the business day for which it will count. A day may end meanwhile:
 * where the next one's rates leave the total as it is, the sale takes them and counts for the new
 * day; where they would change what the customer was asked for and has handed over, it stays with
 * the day on which it was asked for.
 *
 * @param running as it is completed
 */
record Midnight(Running running, LocalDate day) {
  /**
   * @param begun when the customer was asked for the total
   * @param now the business day on which it is completed
   */
  static Midnight of(Running running, LocalDate begun, LocalDate now, Retaxing retaxing) {
    Running then = retaxing.on(running, now);
    return then.total().equals(running.total())
        ? new Midnight(then, now)
        : new Midnight(running, begun);
  }
}
