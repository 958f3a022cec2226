package dev.countersign.client.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to a device, with the system's own pipes and terminals at the other end. */
class LinesTest {
  private static final Duration SOON = Duration.ofMillis(200);
  @TempDir Path folder;

  @Test
  void aDeviceFileThatTakesNothingIsGivenUpAndLetGo() throws Exception {
    Path pipe = folder.resolve("printer");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (RandomAccessFile nobodyReads = new RandomAccessFile(pipe.toFile(), "rw")) {
      FileLine line = FileLine.to(pipe);
      byte[] much = new byte[1 << 20];
      int taken = line.write(much, 0, much.length, SOON);
      assertThat(taken).isPositive().isLessThan(much.length);
      line.close();
      assertThat(nobodyReads.read()).isZero();
    }
  }

  @Test
  void aSerialPortCarriesBothWays() throws Exception {
    try (FarEnd device = FarEnd.open();
        SerialLine line = open(device)) {
      byte[] said = "S\r\n".getBytes(StandardCharsets.US_ASCII);
      assertThat(line.write(said, 0, said.length, Duration.ofSeconds(5))).isEqualTo(said.length);
      assertThat(device.hear()).isEqualTo(said);
      assertThat(line.read(SOON)).isEqualTo(DeviceLine.NOTHING);
      device.say(new byte[] {(byte) 0x92});
      assertThat(line.read(Duration.ofSeconds(5))).isEqualTo(0x92);
    }
  }

  @Test
  void aSerialDeviceThatTakesNothingIsGivenUpAndItsPortCanBeOpenedAgain() throws Exception {
    try (FarEnd nobodyReads = FarEnd.open()) {
      byte[] much = new byte[1 << 20];
      SerialLine line = open(nobodyReads);
      int taken = line.write(much, 0, much.length, SOON);
      assertThat(taken).isPositive().isLessThan(much.length);
      line.close();
      try (SerialLine again = open(nobodyReads)) {
        nobodyReads.say(new byte[] {7});
        assertThat(again.read(Duration.ofSeconds(5))).isEqualTo(7);
      }
    }
  }

  @Test
  void aPortIsFinishedWhenTheDeviceHasAll() throws Exception {
    try (FarEnd device = FarEnd.open();
        SerialLine line = open(device)) {
      byte[] said = "TOTAL 4.20".getBytes(StandardCharsets.US_ASCII);
      line.write(said, 0, said.length, Duration.ofSeconds(5));
      line.finish(Duration.ofSeconds(5));
      assertThat(device.hear()).isEqualTo(said);
    }
  }

  private static SerialLine open(FarEnd device) throws IOException {
    return SerialLine.to(device.name(), 9600, SerialLine.Frame.EIGHT_NONE_ONE, false);
  }

  @Test
  void whatThisMachineDoesNotHaveIsSaid() {
    assertThatThrownBy(() -> FileLine.to(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> SpoolLine.to("no such queue")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(
            () ->
                SerialLine.to("/dev/countersign-none", 9600, SerialLine.Frame.EIGHT_NONE_ONE, true))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TcpLine.to("no-such-host.invalid", 9100, SOON))
        .isInstanceOf(IOException.class);
  }
}
