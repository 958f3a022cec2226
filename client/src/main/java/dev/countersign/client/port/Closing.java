package dev.countersign.client.port;

import java.io.Closeable;
import java.io.IOException;

/** Closing what may be broken already: what was to be learnt of it was learnt before. */
final class Closing {
  private Closing() {}

  static void quietly(Closeable each) {
    try {
      each.close();
    } catch (IOException _) {
      // nothing is lost: all that was written has been finished, or the fault told
    }
  }
}
