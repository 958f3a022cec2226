package dev.countersign.client.device;

/** What a scale said. Only a weight that stands still and is more than nothing may be sold. */
public sealed interface ScaleReading {
  /**
   * At rest.
   *
   * @param grams thousandths of a gram are not sold: whole grams, more than 0
   */
  record Weight(long grams) implements ScaleReading {}

  /** Nothing lies on it. */
  record Empty() implements ScaleReading {}

  /** It swings: ask again. */
  record Moving() implements ScaleReading {}

  /** Below zero: something was taken off that it was set to zero with. */
  record Below() implements ScaleReading {}

  /** More than it can weigh. */
  record Over() implements ScaleReading {}

  /** It says that it cannot weigh now. */
  record NotReady() implements ScaleReading {}

  /**
   * Nobody answers, or nothing that is an answer.
   *
   * @param detail in English, for the telephone
   */
  record Silent(String detail) implements ScaleReading {}
}
