package dev.countersign.server.credit;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Secret;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the server writes down the code of a card: as a keyed hash of a hash, of this tenant. */
public final class CreditCodes {
  private static final byte[] LABEL =
      "countersign credit codes v1".getBytes(StandardCharsets.US_ASCII);

  private CreditCodes() {}

  /**
   * What is stored and looked up.
   *
   * @param hash of the code, as {@code CreditCode} gives it
   */
  public static Hash keyed(TenantScope scope, Hash hash) {
    try (Secret key = Hkdf.expand(scope.sealingKey(), LABEL, Hash.LENGTH)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
      return Hash.fromBytes(mac.doFinal(hash.bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }
}
