package dev.countersign.client.ui.till;

import dev.countersign.client.device.Trouble;
import dev.countersign.client.ui.kit.Words;

/** What is wrong with a printer and what to do about it. */
final class PrinterWords {
  private PrinterWords() {}

  /** For a receipt that did not come out: the sale stands, and what will print it. */
  static String owed(Words words, Trouble trouble) {
    return words.say("printer.owed", trouble(words, trouble));
  }

  static String trouble(Words words, Trouble trouble) {
    return switch (trouble) {
      case AWAY -> words.say("printer.away");
      case NO_PORT -> words.say("printer.no-port");
      case NO_PAPER -> words.say("printer.no-paper");
      case COVER_OPEN -> words.say("printer.cover-open");
      case FAULT -> words.say("printer.fault");
      case OFFLINE -> words.say("printer.offline");
      case STUCK -> words.say("printer.stuck");
      case GONE -> words.say("printer.gone");
    };
  }

  /** For the telephone. */
  static String code(Trouble trouble) {
    return "PRINTER-" + trouble.name().replace('_', '-');
  }
}
