package dev.countersign.client.device;

/** Where e-mail goes out. May block for as long as its server takes. */
public interface Post {
  /** What became of a message. */
  sealed interface Outcome {
    /** The server has it. */
    record Sent() implements Outcome {}

    /**
     * Not now: it is tried again.
     *
     * @param said what went wrong, in English
     */
    record Later(String said) implements Outcome {}

    /**
     * This address or this message is refused for good.
     *
     * @param said by the server
     */
    record Refused(String said) implements Outcome {}
  }

  /**
   * A message with one document.
   *
   * @param name of the document
   */
  record Message(String to, String subject, String text, String name, byte[] pdf) {}

  Outcome send(Message message);
}
