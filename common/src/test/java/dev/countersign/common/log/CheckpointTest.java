package dev.countersign.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String ORIGIN = "shop.example/audit/1";
  private static final SigningKey KEY = SigningKey.fromSeed(new byte[32]);
  private static final VerifyKey LOG = KEY.verifyKey();
  private static final Hash ROOT = MerkleTree.leafHash(new byte[] {1});
  private static final SignedCheckpoint SIGNED = Checkpoint.sign(ORIGIN, 257, ROOT, KEY);

  @Test
  void theTextIsThatOfC2sp() {
    String[] lines = SIGNED.text().split("\n", -1);
    assertThat(lines).hasSize(6);
    assertThat(lines[0]).isEqualTo(ORIGIN);
    assertThat(lines[1]).isEqualTo("257");
    assertThat(lines[2]).hasSize(44);
    assertThat(lines[3]).isEmpty();
    assertThat(lines[4]).startsWith("\u2014 " + ORIGIN + " ");
    assertThat(lines[5]).isEmpty();
  }

  @Test
  void aSignedCheckpointIsVerified() {
    assertThat(Checkpoint.parse(SIGNED.text(), ORIGIN, LOG))
        .isEqualTo(new CheckpointReading.Verified(SIGNED));
    assertThat(SIGNED.checkpoint()).isEqualTo(new Checkpoint(ORIGIN, 257, ROOT));
  }

  @Test
  void everyFlippedBitIsRefused() {
    String text = SIGNED.text();
    for (int i = 0; i < text.length(); i++) {
      for (int bit = 0; bit < 16; bit++) {
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(i, (char) (text.charAt(i) ^ 1 << bit));
        assertThat(Checkpoint.parse(changed.toString(), ORIGIN, LOG))
            .as("character %d, bit %d", i, bit)
            .isNotInstanceOf(CheckpointReading.Verified.class);
      }
    }
  }

  @Test
  void anotherLogsCheckpointIsNamedAsSuch() {
    SignedCheckpoint other = Checkpoint.sign("shop.example/audit/2", 257, ROOT, KEY);
    assertThat(Checkpoint.parse(other.text(), ORIGIN, LOG))
        .isEqualTo(new CheckpointReading.OtherLog("shop.example/audit/2"));
  }

  @Test
  void aCheckpointOfAnotherKeyIsNotSigned() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    SignedCheckpoint other = Checkpoint.sign(ORIGIN, 257, ROOT, SigningKey.fromSeed(seed));
    assertThat(Checkpoint.parse(other.text(), ORIGIN, LOG))
        .isEqualTo(new CheckpointReading.NotSigned());
    assertThat(Checkpoint.parse(new Checkpoint(ORIGIN, 257, ROOT).body() + "\n", ORIGIN, LOG))
        .isEqualTo(new CheckpointReading.NotSigned());
  }

  @Test
  void aSignatureOfOtherTextUnderTheLogsKeyIsForged() {
    assertForged(text -> text.replaceFirst("\n257\n", "\n258\n"));
    assertForged(text -> text + text.substring(text.indexOf('\u2014')));
  }

  private static void assertForged(UnaryOperator<String> change) {
    assertThat(Checkpoint.parse(change.apply(SIGNED.text()), ORIGIN, LOG))
        .isEqualTo(new CheckpointReading.Forged());
  }

  @Test
  void linesOfUnknownSignersAreTolerated() {
    String line = new NoteSignature("witness.example", new byte[4], new byte[72]).line();
    String own = SIGNED.text().substring(SIGNED.text().indexOf('\u2014'));
    String body = SIGNED.checkpoint().body() + "\n";
    assertThat(Checkpoint.parse(body + line + own + line, ORIGIN, LOG))
        .isInstanceOf(CheckpointReading.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "- witness AAAAAAA=\n",
        "\u2014 witness\n",
        "\u2014 witness \n",
        "\u2014  AAAAAAA=\n",
        "\u2014 witness AAAAAA==\n",
        "\u2014 witness AAAAAAA\n",
        "\u2014 witness AAAAAAB=\n",
        "\u2014 witness AAAAAAA= \n",
        "\u2014 wit+ness AAAAAAA=\n",
        "\u2014 witness AAAAAAA=",
        "\u2014 witness AAAAAAA=\r\n"
      })
  void malformedSignatureLinesAreRefused(String line) {
    assertMalformed(SIGNED.text() + line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0257", "+257", "-257", "257 ", "", "2a", "٢٥٧", "9223372036854775808"})
  void aSizeThatIsNotPlainDecimalIsRefused(String size) {
    assertMalformed(SIGNED.text().replaceFirst("\n257\n", "\n" + size + "\n"));
  }

  @Test
  void bodiesThatAreNoCheckpointAreRefused() {
    assertMalformed("");
    assertMalformed("\n\n");
    assertMalformed(SIGNED.checkpoint().body());
    assertMalformed(SIGNED.text().replaceFirst("\n257\n", "\n257\nextension\n"));
    assertMalformed(SIGNED.text().replace("=\n\n", "\n\n"));
    assertMalformed(SIGNED.text().replace("\n", "\r\n"));
    assertMalformed("\n" + SIGNED.text());
    assertMalformed(SIGNED.text() + "\u2014 w AAAAAAA=\n".repeat(10_000));
  }

  @Property(tries = 500)
  void anyTextIsAnOutcomeAndNeverAnError(@ForAll String noise, @ForAll String more) {
    String[] texts = {noise, noise + "\n\n" + more + "\n", SIGNED.text() + noise + "\n"};
    for (String text : texts) {
      assertThatCode(() -> Checkpoint.parse(text, ORIGIN, LOG)).doesNotThrowAnyException();
    }
  }

  @Test
  void anEmptyLogHasOneRootOnly() {
    assertThat(Checkpoint.sign(ORIGIN, 0, MerkleTree.emptyRoot(), KEY).checkpoint().size())
        .isZero();
    assertThatThrownBy(() -> Checkpoint.sign(ORIGIN, 0, ROOT, KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "\ud83d", "a\u0085"})
  void anOriginThatCannotNameAKeyIsRefused(String origin) {
    assertThatThrownBy(() -> Checkpoint.sign(origin, 1, ROOT, KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsAPublishedLogKey() {
    String published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    LogKey key = LogKey.parse(published);
    assertThat(key.name()).isEqualTo("sum.golang.org");
    assertThat(key.text()).isEqualTo(published);
  }

  @Test
  void aLogKeyComesBackFromItsText() {
    LogKey key = new LogKey(ORIGIN, LOG);
    assertThat(LogKey.parse(key.text())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "name+033de0ae",
        "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.orG+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA==",
        "+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
      })
  void aLogKeyThatDoesNotFitItselfIsRefused(String text) {
    assertThatThrownBy(() -> LogKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertMalformed(String text) {
    assertThat(Checkpoint.parse(text, ORIGIN, LOG)).isInstanceOf(CheckpointReading.Malformed.class);
  }
}
