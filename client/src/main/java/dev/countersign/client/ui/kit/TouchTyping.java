package dev.countersign.client.ui.kit;

/** When letters for a finger are on the screen. */
public enum TouchTyping {
  /** Once a finger touches a text field, where the system tells fingers from mice. */
  BY_FINGER,
  /** At every text field that is touched or asks, for a till that has no keyboard at all. */
  ALWAYS
}
