package dev.countersign.server.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Secret;
import dev.countersign.server.integration.Webhooks.Genuine;
import dev.countersign.server.integration.Webhooks.Ping;
import dev.countersign.server.integration.Webhooks.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final byte[] BODY = bytes("{\"id\":727,\"status\":\"processing\"}");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Secret secret(String text) {
    return Secret.of(bytes(text));
  }

  /** RFC 4231, test case 2. */
  @Test
  void theSignatureIsTheBase64OfHmacSha256OverTheRawBody() {
    String expected =
        Base64.getEncoder()
            .encodeToString(
                HexFormat.of()
                    .parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    byte[] body = bytes("what do ya want for nothing?");
    assertThat(Webhooks.sign(body, secret("Jefe"))).isEqualTo(expected);
    assertThat(Webhooks.verify(body, expected, List.of(secret("Jefe"))))
        .isEqualTo(new Genuine(false));
  }

  @Test
  void everyFlippedBitOfBodyAndSignatureIsRefused() {
    String signature = Webhooks.sign(BODY, secret("k"));
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] changed = BODY.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Webhooks.verify(changed, signature, List.of(secret("k"))))
          .isEqualTo(new Refused());
    }
    byte[] raw = Base64.getDecoder().decode(signature);
    for (int bit = 0; bit < raw.length * 8; bit++) {
      byte[] changed = raw.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      String text = Base64.getEncoder().encodeToString(changed);
      assertThat(Webhooks.verify(BODY, text, List.of(secret("k")))).isEqualTo(new Refused());
    }
  }

  @Test
  void thereIsOneFormOfASignature() {
    String signature = Webhooks.sign(BODY, secret("k"));
    // The last character but the sign carries two bits that Base64 leaves unused.
    char last = signature.charAt(42);
    String other = signature.substring(0, 42) + (char) (last + 1) + "=";
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(signature));
    for (String text :
        new String[] {
          "",
          " " + signature,
          signature + " ",
          signature.substring(0, 43),
          other,
          hex,
          "\u00e9".repeat(44),
          "=".repeat(44),
          signature.replace('+', '-').replace('/', '_') + "="
        }) {
      assertThat(Webhooks.verify(BODY, text, List.of(secret("k")))).isEqualTo(new Refused());
    }
  }

  @Test
  void theSecretBeforeCountsWhileItIsGood() {
    String old = Webhooks.sign(BODY, secret("old"));
    assertThat(Webhooks.verify(BODY, old, List.of(secret("new"), secret("old"))))
        .isEqualTo(new Genuine(true));
    assertThat(Webhooks.verify(BODY, old, List.of(secret("new")))).isEqualTo(new Refused());
    assertThat(Webhooks.verify(BODY, old, List.of())).isEqualTo(new Refused());
  }

  @Test
  void onlyThePingIsUnsigned() {
    assertThat(Webhooks.verify(bytes("webhook_id=12"), null, List.of())).isEqualTo(new Ping());
    for (String body : new String[] {"", "webhook_id=", "webhook_id=1&x=2", "{}", "x"}) {
      assertThat(Webhooks.verify(bytes(body), null, List.of(secret("k")))).isEqualTo(new Refused());
    }
  }

  @Test
  void aHugeBodyIsRefusedBeforeItIsHashed() {
    byte[] huge = new byte[Webhooks.LONGEST_BODY + 1];
    assertThat(Webhooks.verify(huge, Webhooks.sign(huge, secret("k")), List.of(secret("k"))))
        .isEqualTo(new Refused());
  }
}
