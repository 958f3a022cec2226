package dev.countersign.app.simulate;

/** The oracle found something that must never be. */
final class FindingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FindingException(String what) {
    super(what);
  }
}
