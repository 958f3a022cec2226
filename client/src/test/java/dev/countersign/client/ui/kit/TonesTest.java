package dev.countersign.client.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.sampled.LineUnavailableException;
import org.junit.jupiter.api.Test;

class TonesTest {
  private final List<byte[]> heard = new ArrayList<>();

  @Test
  void whatWasRefusedSoundsDifferentFromWhatWasAdded() {
    Tones tones = new Tones(heard::add, Runnable::run);
    tones.added();
    tones.refused();
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst()).isNotEqualTo(heard.getLast());
    assertThat(heard.getLast()).hasSizeGreaterThan(3 * heard.getFirst().length);
    for (byte[] samples : heard) {
      assertThat(samples).contains((byte) 0).hasSizeGreaterThan(1_000);
      // It begins and ends softly.
      assertThat(Math.abs(samples[1])).isZero();
    }
  }

  @Test
  void aMachineWithoutAudioStaysSilentAndIsNotAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    Tones tones =
        new Tones(
            _ -> {
              asked.incrementAndGet();
              throw new LineUnavailableException("no audio");
            },
            Runnable::run);
    tones.added();
    tones.refused();
    assertThat(asked).hasValue(1);
  }

  @Test
  void anAudioThatHangsKeepsNobodyWaitingAndGathersNothing() {
    List<Runnable> hanging = new ArrayList<>();
    Tones tones = new Tones(heard::add, hanging::add);
    for (int i = 0; i < 100; i++) {
      tones.added();
      tones.refused();
    }
    assertThat(hanging).hasSize(1);
    hanging.getFirst().run();
    assertThat(heard).hasSize(1);
  }

  @Test
  void thisMachineWhateverItHasThrowsNothing() {
    Tones tones = Tones.ofThisMachine();
    tones.added();
    tones.refused();
  }
}
