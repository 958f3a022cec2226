package dev.countersign.client.ui.kit;

import java.util.function.BooleanSupplier;

/** A strip that says only what is wrong while nobody is there. */
record AttendedStrip(Strip strip, BooleanSupplier attended) implements Strip {
  @Override
  public void say(Tone tone, String message, String shortCode) {
    if (tone != Tone.GOOD || attended.getAsBoolean()) {
      strip.say(tone, message, shortCode);
    }
  }

  @Override
  public void warnBehind(String message, String shortCode) {
    strip.warnBehind(message, shortCode);
  }

  @Override
  public void clear() {
    if (attended.getAsBoolean()) {
      strip.clear();
    }
  }

  @Override
  public String message() {
    return strip.message();
  }
}
