package dev.countersign.common.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CosignatureTest {
  private static final String ORIGIN = "shop.example/audit/1";
  private static final Instant SEEN = Instant.ofEpochSecond(1_700_000_000);
  private static final SigningKey LOG = SigningKey.fromSeed(new byte[32]);
  private static final SigningKey TILL =
      SigningKey.fromSeed(ByteBuffer.allocate(32).put((byte) 1).array());
  private static final LogKey WITNESS = new LogKey("till-3.shop.example", TILL.verifyKey());
  private static final SignedCheckpoint SIGNED =
      Checkpoint.sign(ORIGIN, 1, MerkleTree.leafHash(new byte[0]), LOG);

  @Test
  void aWitnessedCheckpointStaysTheLogsAndNamesItsWitness() {
    SignedCheckpoint witnessed = SIGNED.cosigned(WITNESS.name(), SEEN, TILL);
    assertThat(witnessed.text()).startsWith(SIGNED.text());
    assertThat(Checkpoint.parse(witnessed.text(), ORIGIN, LOG.verifyKey()))
        .isEqualTo(new CheckpointReading.Verified(witnessed));
    assertThat(witnessed.cosignedAt(WITNESS)).contains(SEEN);
    assertThat(SIGNED.cosignedAt(WITNESS)).isEmpty();
  }

  @Test
  void theLastTimeOfSeveralCounts() {
    SignedCheckpoint twice =
        SIGNED
            .cosigned(WITNESS.name(), SEEN.plusSeconds(9), TILL)
            .cosigned(WITNESS.name(), SEEN, TILL);
    assertThat(twice.cosignedAt(WITNESS)).contains(SEEN.plusSeconds(9));
  }

  @Test
  void anotherKeyUnderTheWitnessesNameIsNotTheWitness() {
    assertThat(SIGNED.cosigned(WITNESS.name(), SEEN, LOG).cosignedAt(WITNESS)).isEmpty();
  }

  @Test
  void everyFlippedBitOfACosignatureIsRefused() {
    byte[] made = Cosignature.make(SIGNED.checkpoint(), SEEN, TILL);
    assertThat(Cosignature.fits(SIGNED.checkpoint(), made, TILL.verifyKey())).isTrue();
    for (int bit = 0; bit < made.length * 8; bit++) {
      byte[] changed = made.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Cosignature.fits(SIGNED.checkpoint(), changed, TILL.verifyKey()))
          .as("bit %d", bit)
          .isFalse();
    }
    assertThat(Cosignature.fits(SIGNED.checkpoint(), new byte[71], TILL.verifyKey())).isFalse();
  }

  @Test
  void aForgedLineBesideAGoodOneIsNotPassedOver() {
    byte[] forged = Cosignature.make(SIGNED.checkpoint(), SEEN, TILL);
    forged[7] ^= 1;
    String line =
        new NoteSignature(WITNESS.name(), WITNESS.id(Cosignature.ALGORITHM), forged).line();
    SignedCheckpoint mixed =
        new SignedCheckpoint(
            SIGNED.checkpoint(), SIGNED.cosigned(WITNESS.name(), SEEN, TILL).text() + line);
    assertThat(mixed.cosignedAt(WITNESS)).isEmpty();
  }

  @Test
  void theLogsOwnSignatureIsNoCosignature() {
    byte[] plain = LOG.sign(SIGNED.checkpoint().body().getBytes(StandardCharsets.UTF_8));
    byte[] timed = ByteBuffer.allocate(72).putLong(SEEN.getEpochSecond()).put(plain).array();
    assertThat(Cosignature.fits(SIGNED.checkpoint(), timed, LOG.verifyKey())).isFalse();
  }

  @Test
  void noWitnessSawItBefore1970() {
    assertThatThrownBy(() -> SIGNED.cosigned("w", Instant.ofEpochSecond(-1), TILL))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
