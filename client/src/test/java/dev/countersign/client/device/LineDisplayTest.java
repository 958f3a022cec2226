package dev.countersign.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.device.LineDisplay.Line;
import dev.countersign.client.port.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A display on a pole, behind a real port. */
class LineDisplayTest {
  private static final int COMMANDS = 8;

  @Test
  void whatIsSentFillsBothLinesAndClearsWhatWasThere() throws Exception {
    try (ServerSocket pole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> taken = new CompletableFuture<>();
      Thread.startVirtualThread(
          () -> {
            try (Socket guest = pole.accept()) {
              taken.complete(guest.getInputStream().readAllBytes());
            } catch (IOException e) {
              taken.completeExceptionally(e);
            }
          });
      new LineDisplay(new Place.Network("127.0.0.1", pole.getLocalPort()))
          .show(new Line("Total", "12.34"), new Line("Noch zu zahlen", "2,34"));
      byte[] bytes = taken.join();
      assertThat(Arrays.copyOf(bytes, COMMANDS))
          .containsExactly(0x1b, '@', 0x1f, 1, 0x1b, 't', 0, 0x0c);
      assertThat(new String(bytes, COMMANDS, bytes.length - COMMANDS, Charset.forName("IBM437")))
          .isEqualTo("Total          12.34" + "Noch zu zahlen  2,34");
    }
  }

  @Test
  void aFigureIsNeverCutAndALineIsNeverLonger() {
    LineDisplay display = new LineDisplay(new Place.Network("127.0.0.1", 1));
    assertThat(display.laid(new Line("12 Crémant d’Alsace Brut", "1,234.50")))
        .isEqualTo("12 Crémant  1,234.50");
    assertThat(display.laid(new Line("Rückgeld", "−4.50"))).isEqualTo("Rückgeld       -4.50");
    assertThat(display.laid(new Line("x", "9".repeat(30)))).hasSize(LineDisplay.COLUMNS);
  }

  @Test
  void lettersThatItHasNotAreLeftOutAndTheFigureStands() {
    LineDisplay display = new LineDisplay(new Place.Network("127.0.0.1", 1));
    assertThat(display.laid(new Line("المجموع", "12.34"))).isEqualTo("               12.34");
    assertThat(display.laid(new Line("\u001b@Tea\f", "1.00"))).isEqualTo("@Tea            1.00");
  }

  @Test
  void oneThatIsNotThereSaysSo() {
    assertThatThrownBy(
            () ->
                new LineDisplay(new Place.Network("127.0.0.1", 1))
                    .show(new Line("", ""), new Line("", "")))
        .isInstanceOf(IOException.class);
  }
}
