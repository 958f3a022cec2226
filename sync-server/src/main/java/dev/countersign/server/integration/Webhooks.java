package dev.countersign.server.integration;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Secret;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells a webhook that the other side sent from one that somebody else did. As WooCommerce signs
 * them (its {@code class-wc-webhook.php}, read in version 10): {@code X-WC-Webhook-Signature} is
 * the Base64 of HMAC-SHA256 over the raw body under the webhook's secret. Three things follow from
 * how it does that:
 *
 * <ul>
 *   <li>Only the body is signed. Topic, source and delivery id are whatever somebody wrote into the
 *       header; what a delivery is about has to be taken from its body.
 *   <li>The delivery id is made of webhook and second, so that two deliveries of one second share
 *       it. A delivery is therefore known again by its body.
 *   <li>No time is signed. After {@link #WINDOW} a recorded delivery would be taken again: whoever
 *       carries one out compares it with what is there ({@code date_modified}).
 * </ul>
 *
 * <p>The first message after a webhook was made is a ping, {@code webhook_id=…}, unsigned; it is
 * answered and changes nothing. Safe for any thread.
 */
public final class Webhooks {
  /** Most bytes of a body; looked at before anything is computed over it. */
  public static final int LONGEST_BODY = 1 << 20;

  /** How long a delivery is known again. */
  public static final Duration WINDOW = Duration.ofDays(7);

  private static final Pattern PING = Pattern.compile("webhook_id=[0-9]{1,20}");
  private static final int MAC_LENGTH = 32;

  /** What a message is. */
  public sealed interface Outcome {}

  /**
   * From the other side, and not seen before.
   *
   * @param byPreviousSecret the secret before was used: the other side has yet to change it
   */
  public record Genuine(boolean byPreviousSecret) implements Outcome {}

  /** From the other side, and taken already: answer as the first time and do nothing. */
  public record Repeated() implements Outcome {}

  /** Says only that somebody set a webhook up. */
  public record Ping() implements Outcome {}

  /** Not from the other side, whatever the reason. */
  public record Refused() implements Outcome {}

  /**
   * Judges a message by its signature alone.
   *
   * @param signature the header, or null when there is none
   * @param secrets those that are good now, the newest first; with none, nothing is genuine
   */
  public static Outcome verify(byte[] body, @Nullable String signature, List<Secret> secrets) {
    if (body.length > LONGEST_BODY) {
      return new Refused();
    }
    if (signature == null) {
      return body.length <= 64
              && PING.matcher(new String(body, StandardCharsets.ISO_8859_1)).matches()
          ? new Ping()
          : new Refused();
    }
    byte[] claimed = decoded(signature);
    int match = -1;
    for (int i = 0; i < secrets.size(); i++) {
      // Every secret costs the same, and none ends the comparison early.
      boolean equal = MessageDigest.isEqual(mac(secrets.get(i), body), claimed);
      match = equal && match < 0 ? i : match;
    }
    return match < 0 ? new Refused() : new Genuine(match > 0);
  }

  /**
   * Judges a message, and notes a genuine one so that it counts once: on every server, in the
   * transaction of what is done about it.
   *
   * @param scope for writing
   * @param source the integration it is for, such as {@code woocommerce}
   */
  public Outcome take(
      TenantScope scope,
      String source,
      byte[] body,
      @Nullable String signature,
      List<Secret> secrets)
      throws SQLException {
    Outcome outcome = verify(body, signature, secrets);
    if (!(outcome instanceof Genuine)) {
      return outcome;
    }
    Instant now = scope.clock().instant();
    scope.db().update("DELETE FROM webhook_delivery WHERE at <= ?", now.minus(WINDOW));
    Hash hash = Hash.of(body);
    boolean seen =
        scope
            .db()
            .first(
                "SELECT 1 FROM webhook_delivery WHERE source = ? AND body_hash = ?",
                row -> row.integer(1),
                source,
                hash)
            .isPresent();
    if (seen) {
      return new Repeated();
    }
    scope
        .db()
        .update(
            "INSERT INTO webhook_delivery (source, body_hash, at) VALUES (?, ?, ?)",
            source,
            hash,
            now);
    return outcome;
  }

  /** The signature that the other side would send. */
  public static String sign(byte[] body, Secret secret) {
    return Base64.getEncoder().encodeToString(mac(secret, body));
  }

  /** What is no signature equals none; one form only, so that one delivery has one signature. */
  private static byte[] decoded(String signature) {
    byte[] nothing = new byte[MAC_LENGTH + 1];
    if (signature.length() != 44) {
      return nothing;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(signature);
      return Base64.getEncoder().encodeToString(bytes).equals(signature) ? bytes : nothing;
    } catch (IllegalArgumentException _) {
      return nothing;
    }
  }

  private static byte[] mac(Secret secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
