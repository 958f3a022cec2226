package dev.countersign.app.simulate;

/**
 * What may happen in a world. A new kind is a new constant here, and a place that carries it out.
 */
sealed interface Act {
  /** At the counter of a till. */
  enum AtTheCounter implements Act {
    SELL_FOR_CASH,
    SELL_BY_CARD,
    SELL_FOR_BOTH,
    TAKE_BACK,
    REFUND,
    REFUND_TO_CREDIT,
    SELL_GIFT_CARD,
    GIVE_CREDIT,
    RESERVE,
    PAY_BY_CREDIT,
    THROW_AWAY,
    MOVE_CASH,
    CLOSE_SHIFT,
    PARK,
    RECALL
  }

  /** By a manager, with the server's word. */
  enum ByAManager implements Act {
    CHANGE_PRICE,
    NEW_PRODUCT,
    HIRE,
    DISMISS,
    REVOKE_TILL,
    DECIDE,
    RECEIVE_STOCK,
    COUNT_STOCK
  }

  /** By nobody's will. */
  enum Mishap implements Act {
    WEATHER,
    POWER_CUT,
    DISK_FULL,
    CLOCK_SET,
    SWITCHED_OFF,
    OLD_COPY_PUT_BACK,
    CLONED,
    SERVER_POWER_CUT,
    SERVER_DISK_FULL,
    SERVER_RESTARTED,
    SERVER_COMPACTS,
    SERVER_BACKUP,
    SERVER_PUT_BACK
  }
}
