package dev.countersign.client.ui.kit;

/** What a person hears. An error never sounds like a success. */
public interface Sounds {
  /** Something was added. */
  void added();

  /** Something was refused. */
  void refused();

  /** No sound at all: the way a till starts. */
  static Sounds silent() {
    return new Sounds() {
      @Override
      public void added() {}

      @Override
      public void refused() {}
    };
  }
}
