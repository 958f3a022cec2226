package dev.countersign.common.protocol;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device and its server say to each other about the device's keys. The server keeps half of
 * what opens the device's store, where the tenant wants it so, and the number of PIN tries that it
 * has heard of; it never hears of a PIN.
 */
public final class TillKeys {
  /** The DSSE payload type of a {@link ShareRequest}. */
  public static final String SHARE_PAYLOAD_TYPE = "application/vnd.countersign.share.v1+json";

  /** Bytes of the server's share. */
  public static final int SHARE_LENGTH = 32;

  private TillKeys() {}

  /**
   * Said over the device's session, at contact.
   *
   * @param shareKey the public half of the key that asks for the share while the device is locked;
   *     base64
   * @param tries how many PINs were ever tried on this device; only grows
   * @param chest the kind of key store that the device's secrets lie in
   */
  public record Report(String shareKey, long tries, String chest) {}

  /**
   * What the server says to it.
   *
   * @param tries the highest number that it has heard of
   * @param held true when the device once said fewer: its key store was put back from a copy, and
   *     nobody comes in until a manager has released it
   * @param leaseHours how long the device may keep the share
   * @param share base64; null unless the tenant wants it used
   */
  public record Answer(long tries, boolean held, int leaseHours, @Nullable String share) {
    @Override
    public String toString() {
      return "Answer[" + tries + " tries, " + (held ? "held, " : "") + "••••]";
    }
  }

  /**
   * Asks for the share while locked; sealed by the key of {@link Report#shareKey}, and the
   * envelope's key id is the device's id.
   *
   * @param challenge fresh from the server, good once
   */
  public record ShareRequest(UUID device, String challenge, long tries) {}

  /**
   * The share.
   *
   * @param share base64
   */
  public record Share(String share, int leaseHours) {
    @Override
    public String toString() {
      return "Share[••••, " + leaseHours + " h]";
    }
  }
}
