package dev.countersign.client.ui.kit;

/** Light or dark. The two differ in the values of the tokens and in nothing else. */
public enum Look {
  LIGHT,
  DARK
}
