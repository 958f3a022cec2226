package dev.countersign.client.sync;

/** Why something waits, for the words on the screen. */
public enum Obstacle {
  /** Nothing stands in the way: it is on its way or about to be. */
  NONE,
  NO_NETWORK,
  SERVER_DOWN,
  TIMED_OUT,
  CONNECTION_CUT,
  /** The server is there and asks to come later. */
  SERVER_BUSY,
  /** Another key answers than the enrolled one; nothing was sent to it. */
  CERTIFICATE_CHANGED,
  /** A captive portal or a proxy answers. */
  NOT_COUNTERSIGN,
  /** The answer does not carry the server's signature over what was sent. */
  NOT_SIGNED,
  /** The server does not know this device's signature, or says no in a way that may pass. */
  REFUSED,
  /** The fault is on this side: a full disk, mostly. */
  THIS_DEVICE;

  static Obstacle of(Reply.NoAnswer reason) {
    return switch (reason) {
      case Reply.Unreachable silent ->
          switch (silent.why()) {
            case NO_NETWORK -> NO_NETWORK;
            case SERVER_DOWN -> SERVER_DOWN;
            case TIMED_OUT -> TIMED_OUT;
            case CUT -> CONNECTION_CUT;
          };
      case Reply.CertificateChanged _ -> CERTIFICATE_CHANGED;
      case Reply.NotCountersign _ -> NOT_COUNTERSIGN;
      case Reply.Refused _ -> REFUSED;
      case Reply.Busy _ -> SERVER_BUSY;
    };
  }
}
