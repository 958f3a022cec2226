package dev.countersign.client.ui.kit;

/**
 * A key and what it does, for the help of a screen.
 *
 * @param key as on an English keyboard
 * @param act in the language of the screen
 */
public record KeyAct(String key, String act) {}
