package dev.countersign.common.protocol;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server vouches for about a device; signed with the server key.
 *
 * @param register null for an office
 * @param series the prefix of this device's receipt numbers; never given to another device
 * @param publicKey the device's Ed25519 key, base64
 * @param environment {@code production}, {@code staging}, {@code practice} or {@code demo}
 */
public record DeviceCertificate(
    UUID tenant,
    UUID device,
    DeviceKind kind,
    UUID store,
    @Nullable UUID register,
    String series,
    String publicKey,
    Instant issued,
    String environment) {
  /** The DSSE payload type of a certificate. */
  public static final String PAYLOAD_TYPE = "application/vnd.countersign.device.v1+json";
}
