package dev.countersign.client.device;

/** What keeps a printer from printing. */
public enum Trouble {
  /** Nobody answers where it should be: it is off, or the cable or the network is gone. */
  AWAY,
  /** There is no such port on this machine, or this program may not use it. */
  NO_PORT,
  NO_PAPER,
  COVER_OPEN,
  /** It says that it cannot print: the cutter is stuck, or it is too hot. */
  FAULT,
  /** It says that it is not ready, and not why. */
  OFFLINE,
  /** It takes nothing any more. */
  STUCK,
  /** It went away in the middle. */
  GONE
}
