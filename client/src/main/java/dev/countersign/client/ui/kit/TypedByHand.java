package dev.countersign.client.ui.kit;

/** Takes keys without being a text field: the first ones of a scan reach it too. */
interface TypedByHand {
  /** Remembers what is typed so far; what it returns puts it back. */
  Runnable remember();
}
