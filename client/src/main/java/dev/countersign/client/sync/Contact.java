package dev.countersign.client.sync;

/** Something that a device and its server settle whenever they are in contact. */
@FunctionalInterface
public interface Contact {
  /** One request over the device's session. */
  @FunctionalInterface
  interface Line {
    /** Posts a document and expects one. */
    Reply post(String path, byte[] json);
  }

  /** Called on the thread of sending after something was fetched; may block as long as a call. */
  void met(Line line);
}
