package dev.countersign.client.ledger;

import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.DeviceKind;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this installation is, as the server vouched for at enrolment.
 *
 * @param register null for an office
 * @param series of this device's receipt numbers; empty for an office
 * @param server base address without a trailing slash
 * @param serverPin SHA-256 of the server certificate's public key, hexadecimal; null when the
 *     system's trust decides
 * @param serverKey signs certificates and acknowledgements
 * @param logKey the audit log's verification key in the signed-note form
 */
public record Enrolled(
    UUID tenant,
    UUID device,
    DeviceKind kind,
    UUID store,
    @Nullable UUID register,
    String series,
    String environment,
    String deviceName,
    String tenantName,
    String storeName,
    String registerName,
    Currency currency,
    String server,
    @Nullable String serverPin,
    VerifyKey serverKey,
    String logKey) {
  /** What a till is for while somebody learns on it; no server has this for an environment. */
  public static final String TRAINING = "training";

  private static final String NUMBERED = "TRAINING";

  /** RFC 6761: a name that leads nowhere. */
  private static final String NOWHERE = "https://training.invalid";

  /** Whether this is a throw-away till that somebody learns on. */
  public boolean isTraining() {
    return environment.equals(TRAINING);
  }

  /** The same till to learn on: receipts of a series of their own, and no server. */
  Enrolled training() {
    return new Enrolled(
        tenant,
        device,
        kind,
        store,
        register,
        NUMBERED,
        TRAINING,
        deviceName,
        tenantName,
        storeName,
        registerName,
        currency,
        NOWHERE,
        null,
        serverKey,
        logKey);
  }

  /**
   * The register of this till.
   *
   * @throws ActRefusedException for an office
   */
  UUID requireRegister() {
    if (register == null) {
      throw new ActRefusedException(ActRefusedException.Reason.NOT_A_TILL);
    }
    return register;
  }

  /** As it is stored. */
  record Stored(
      UUID tenant,
      UUID device,
      DeviceKind kind,
      UUID store,
      @Nullable UUID register,
      @Nullable String series,
      @Nullable String environment,
      @Nullable String deviceName,
      @Nullable String tenantName,
      @Nullable String storeName,
      @Nullable String registerName,
      String currency,
      String server,
      @Nullable String serverPin,
      String serverKey,
      String logKey) {

    Enrolled read() {
      return new Enrolled(
          tenant,
          device,
          kind,
          store,
          register,
          orEmpty(series),
          orEmpty(environment),
          orEmpty(deviceName),
          orEmpty(tenantName),
          orEmpty(storeName),
          orEmpty(registerName),
          Currency.getInstance(currency),
          server,
          serverPin,
          VerifyKey.fromBase64(serverKey),
          logKey);
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  Stored stored() {
    return new Stored(
        tenant,
        device,
        kind,
        store,
        register,
        series,
        environment,
        deviceName,
        tenantName,
        storeName,
        registerName,
        currency.getCurrencyCode(),
        server,
        serverPin,
        serverKey.toBase64(),
        logKey);
  }
}
