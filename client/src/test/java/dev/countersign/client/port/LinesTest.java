package dev.countersign.client.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Library;
import com.sun.jna.Native;
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

  /** The part of the system's library that makes a pair of terminals. */
  public interface Terminals extends Library {
    int posix_openpt(int flags);

    int grantpt(int fd);

    int unlockpt(int fd);

    String ptsname(int fd);

    long read(int fd, byte[] bytes, long count);

    long write(int fd, byte[] bytes, long count);

    int close(int fd);
  }

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
    Terminals system = Native.load("c", Terminals.class);
    int far = system.posix_openpt(2);
    assertThat(system.grantpt(far)).isZero();
    assertThat(system.unlockpt(far)).isZero();
    String name = system.ptsname(far);
    try (SerialLine line = SerialLine.to(name, 9600, SerialLine.Frame.EIGHT_NONE_ONE, false)) {
      byte[] said = "S\r\n".getBytes(StandardCharsets.US_ASCII);
      assertThat(line.write(said, 0, said.length, Duration.ofSeconds(5))).isEqualTo(said.length);
      byte[] heard = new byte[3];
      assertThat(system.read(far, heard, 3)).isEqualTo(3);
      assertThat(heard).isEqualTo(said);
      assertThat(line.read(SOON)).isEqualTo(DeviceLine.NOTHING);
      system.write(far, new byte[] {(byte) 0x92}, 1);
      assertThat(line.read(Duration.ofSeconds(5))).isEqualTo(0x92);
    } finally {
      system.close(far);
    }
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
