package dev.countersign.client.port;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Where a device is to be found. */
public sealed interface Place {
  /**
   * On the network.
   *
   * @param port 9100 for nearly all printers
   */
  record Network(String host, int port) implements Place {}

  /** A device file, such as {@code /dev/usb/lp0}. */
  record DeviceFile(Path file) implements Place {}

  /**
   * A serial port.
   *
   * @param ready see {@link SerialLine#to}
   */
  record Serial(String name, int baud, SerialLine.Frame frame, boolean ready) implements Place {}

  /** A printer of the system, by its name there. */
  record Queue(String name) implements Place {}

  /**
   * Opens the way.
   *
   * @param patience for the device to answer, where it has to
   * @throws IOException when there is none; {@link java.nio.file.NoSuchFileException} and {@link
   *     java.nio.file.AccessDeniedException} when this machine has no such port or refuses it
   */
  default DeviceLine open(Duration patience) throws IOException {
    return switch (this) {
      case Network(String host, int port) -> TcpLine.to(host, port, patience);
      case DeviceFile(Path file) -> FileLine.to(file);
      case Serial(String name, int baud, SerialLine.Frame frame, boolean ready) ->
          SerialLine.to(name, baud, frame, ready);
      case Queue(String name) -> SpoolLine.to(name);
    };
  }
}
