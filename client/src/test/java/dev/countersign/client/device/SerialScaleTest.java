package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.device.Hardware.Dialog;
import dev.countersign.client.device.VirtualScale.Rest;
import dev.countersign.client.port.FarEnd;
import dev.countersign.client.port.Place;
import dev.countersign.client.port.SerialLine.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SerialScaleTest {
  private static final Duration SHORT = Duration.ofMillis(600);

  @ParameterizedTest
  @EnumSource(Dialog.class)
  void onlyAWeightThatStandsStillIsAWeight(Dialog dialog) throws Exception {
    try (var scale = VirtualScale.start(0, dialog)) {
      var asked = at(scale.port(), dialog);
      scale.lay(1234, Rest.STILL);
      assertThat(asked.read()).isEqualTo(new ScaleReading.Weight(1234));
      scale.lay(1234, Rest.MOVING);
      assertThat(asked.read()).isEqualTo(new ScaleReading.Moving());
      scale.lay(0, Rest.STILL);
      assertThat(asked.read()).isEqualTo(new ScaleReading.Empty());
      scale.lay(0, Rest.BELOW);
      assertThat(asked.read()).isEqualTo(new ScaleReading.Below());
      scale.lay(99_000, Rest.OVER);
      assertThat(asked.read()).isEqualTo(new ScaleReading.Over());
      scale.lay(5, Rest.DEAF);
      assertThat(asked.read()).isInstanceOf(ScaleReading.Silent.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'S S     1.2345 kg', 1235",
    "'S S       250 g', 250",
    "'S S      1.00 lb', 454",
  })
  void everyUnitBecomesWholeGrams(String said, long grams) throws Exception {
    assertThat(answering(Dialog.SICS, said + "\r\n")).isEqualTo(new ScaleReading.Weight(grams));
  }

  @ParameterizedTest
  @CsvSource({"'S S     -0.250 kg'", "'S -'"})
  void whatIsBelowZeroIsNeverSold(String said) throws Exception {
    assertThat(answering(Dialog.SICS, said + "\r\n")).isEqualTo(new ScaleReading.Below());
  }

  @ParameterizedTest
  @CsvSource({"'S S 1.2'", "'S S 1,2 kg'", "'hello'", "'S S 999999999999999999999 kg x'"})
  void noiseIsNoWeight(String said) throws Exception {
    assertThat(answering(Dialog.SICS, said + "\r\n")).isInstanceOf(ScaleReading.Silent.class);
    assertThat(answering(Dialog.TOLEDO, "\u0002" + said + "\r"))
        .isInstanceOf(ScaleReading.Silent.class);
  }

  @Test
  void anAnswerWithoutAnEndIsGivenUp() throws Exception {
    assertThat(answering(Dialog.TOLEDO, "\u0002" + "1".repeat(500)))
        .isInstanceOf(ScaleReading.Silent.class);
  }

  /** A scale that rests answers {@code S}; one that does not is heard all the same. */
  @Test
  void oneThatSwingsIsNotSilent() throws Exception {
    try (var scale = VirtualScale.start(0, Dialog.SICS)) {
      scale.lay(1234, Rest.MOVING);
      assertThat(at(scale.port(), Dialog.SICS).read()).isEqualTo(new ScaleReading.Moving());
      assertThat(asked(scale.port(), "S\r\n")).as("as real ones do").isEmpty();
      assertThat(asked(scale.port(), "SI\r\n")).startsWith("S D");
    }
  }

  /** As long an answer as there is, a byte at a time, within what a till waits for one. */
  @Test
  void aWholeAnswerOverASerialPortIsHeardInTime() throws Exception {
    try (FarEnd far = FarEnd.open()) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  far.hear();
                  far.say("S S     1.234 kg\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException _) {
                  // the asker hung up
                }
              });
      Place place = new Place.Serial(far.name(), 9600, Frame.EIGHT_NONE_ONE, false);
      assertThat(
              new SerialScale(place, Dialog.SICS, Duration.ofSeconds(1), System::nanoTime).read())
          .isEqualTo(new ScaleReading.Weight(1234));
    }
  }

  private static String asked(int port, String question) throws IOException {
    try (Socket asker = new Socket(InetAddress.getLoopbackAddress(), port)) {
      asker.setSoTimeout((int) SHORT.toMillis());
      asker.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] heard = new byte[40];
      return new String(heard, 0, asker.getInputStream().read(heard), StandardCharsets.US_ASCII);
    } catch (SocketTimeoutException _) {
      return "";
    }
  }

  private static ScaleReading answering(Dialog dialog, String said) throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(
          () -> {
            try (Socket guest = door.accept()) {
              guest.getInputStream().read();
              guest.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
              guest.getInputStream().readAllBytes();
            } catch (IOException _) {
              // the asker hung up
            }
          });
      return at(door.getLocalPort(), dialog).read();
    }
  }

  private static SerialScale at(int port, Dialog dialog) {
    return new SerialScale(new Place.Network("127.0.0.1", port), dialog, SHORT, System::nanoTime);
  }
}
