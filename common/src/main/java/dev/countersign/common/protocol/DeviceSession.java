package dev.countersign.common.protocol;

import java.time.Instant;
import java.util.UUID;

/** How a device signs in to pull: it signs a fresh challenge and gets a token for a while. */
public final class DeviceSession {
  /** The DSSE payload type of a {@link Request}. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.session.v1+json";

  private DeviceSession() {}

  /** A single-use value, fresh from the server. */
  public record Challenge(String challenge) {}

  /**
   * Sealed by the device key; the envelope's key id is the device's id.
   *
   * @param environment of the device's certificate
   */
  public record Request(UUID device, String challenge, String environment) {}

  /**
   * @param token opaque, in the form of {@link Bearer}
   * @param newKeyWanted the device should make a new key: its own is old, or a manager said so
   */
  public record Token(String token, Instant expires, boolean newKeyWanted) {
    public Token {
      Bearer.written(token);
    }

    @Override
    public String toString() {
      return "Token[••••, " + expires + "]";
    }
  }
}
