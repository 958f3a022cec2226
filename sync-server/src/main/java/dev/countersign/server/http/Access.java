package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;

/** Who may use a route. Every route has one; there is no default. */
public sealed interface Access {
  /** Anyone, without signing in. */
  Access OPEN = Plain.OPEN;

  /**
   * Anyone, because what is sent proves itself: its body is signed, and the signature is checked.
   */
  Access SIGNED_BODY = Plain.SIGNED_BODY;

  /** A device that is signed in and was not revoked. */
  Access DEVICE = Plain.DEVICE;

  /** A person about themselves; one whose role asks for a second factor has shown it. */
  Access OWN = Plain.OWN;

  /** A person about themselves, also one who has yet to set up a second factor. */
  Access OWN_BEFORE_FACTOR = Plain.OWN_BEFORE_FACTOR;

  /** A person or a key that may do this. */
  static Access person(PermissionKey key) {
    return new Permission(key);
  }

  /** How it is listed: a permission key, or a word for what is no permission. */
  String shown();

  /** Access that needs no permission. */
  enum Plain implements Access {
    OPEN("public"),
    SIGNED_BODY("signed-body"),
    DEVICE("device"),
    OWN("own"),
    OWN_BEFORE_FACTOR("own");

    private final String shown;

    Plain(String shown) {
      this.shown = shown;
    }

    @Override
    public String shown() {
      return shown;
    }
  }

  /** Access by a permission. */
  record Permission(PermissionKey key) implements Access {
    @Override
    public String shown() {
      return key.key();
    }
  }
}
