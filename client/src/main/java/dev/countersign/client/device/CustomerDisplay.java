package dev.countersign.client.device;

import java.util.List;

/** What the customer sees. Called on the screen's thread; must be quick. */
public interface CustomerDisplay {
  /** A moment of serving somebody, in words and amounts of the shop's language. */
  sealed interface Shown {
    /** Nobody is served. */
    record Idle(String text) implements Shown {}

    /**
     * Goods are rung up.
     *
     * @param back whether the shop gives the total to the customer, and not the other way round
     */
    record Basket(List<Row> rows, String total, boolean back) implements Shown {
      public Basket {
        rows = List.copyOf(rows);
      }
    }

    /**
     * Paying has begun.
     *
     * @param paid so far; empty while nothing is
     * @param left still to pay
     */
    record Paying(String total, String paid, String left) implements Shown {}

    /**
     * Paid.
     *
     * @param change empty when there is none
     */
    record Paid(String total, String change) implements Shown {}
  }

  /** One line of the basket. */
  record Row(String quantity, String name, String amount) {}

  void show(Shown shown);

  /** For a shop without one. */
  static CustomerDisplay none() {
    return _ -> {};
  }
}
