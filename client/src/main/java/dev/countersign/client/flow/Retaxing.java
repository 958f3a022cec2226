package dev.countersign.client.flow;

import java.time.LocalDate;

/** Says what a sale comes to at the rates of a business day. */
public interface Retaxing {
  /** Where nobody changes a rate. */
  Retaxing NONE = (shown, _) -> shown;

  /** The same sale at the rates of that day; itself where they are its own. Blocking. */
  Running on(Running shown, LocalDate day);
}
