package dev.countersign.client.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A serial port, or a USB adapter that looks like one: printers, displays, scales. */
public final class SerialLine implements DeviceLine {
  /** A word on the wire. */
  public enum Frame {
    /** Eight data bits, no parity, one stop bit: printers and most else. */
    EIGHT_NONE_ONE(8, SerialPort.NO_PARITY),
    /** Seven data bits, even parity, one stop bit: older scales. */
    SEVEN_EVEN_ONE(7, SerialPort.EVEN_PARITY);

    private final int bits;
    private final int parity;

    Frame(int bits, int parity) {
      this.bits = bits;
      this.parity = parity;
    }
  }

  private final SerialPort port;
  private final Writer writer;

  private SerialLine(SerialPort port) {
    this.port = port;
    this.writer =
        new Writer(
            "serial port",
            (bytes, offset, length) -> {
              byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
              if (port.writeBytes(part, length) != length) {
                throw new IOException("the port took no more");
              }
            });
  }

  /** The ports that this machine has, by the name to open them with. */
  public static List<String> names() {
    return Arrays.stream(SerialPort.getCommPorts()).map(SerialPort::getSystemPortPath).toList();
  }

  /**
   * @param name as the system has it: {@code /dev/ttyUSB0}, {@code COM3}
   * @param baud bits a second, such as 9600
   * @param ready true when the device holds back on its ready line, as printers do: without it a
   *     printer whose buffer is full would lose bytes
   * @throws IOException when there is no such port or another program has it
   */
  public static SerialLine to(String name, int baud, Frame frame, boolean ready)
      throws IOException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException _) {
      throw new NoSuchFileException(name);
    }
    port.setComPortParameters(baud, frame.bits, SerialPort.ONE_STOP_BIT, frame.parity);
    port.setFlowControl(
        ready ? SerialPort.FLOW_CONTROL_CTS_ENABLED : SerialPort.FLOW_CONTROL_DISABLED);
    if (!port.openPort()) {
      throw new IOException(name + " could not be opened (" + port.getLastErrorCode() + ")");
    }
    return new SerialLine(port);
  }

  @Override
  public int write(byte[] bytes, int offset, int length, Duration patience) throws IOException {
    return writer.write(bytes, offset, length, patience);
  }

  @Override
  public int read(Duration patience) throws IOException {
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING,
        Math.toIntExact(Math.max(1, patience.toMillis())),
        0);
    byte[] one = new byte[1];
    int got = port.readBytes(one, 1);
    if (got < 0) {
      throw new IOException("the port is gone");
    }
    return got == 0 ? NOTHING : one[0] & 0xff;
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public void finish(Duration patience) {
    // every chunk was taken by the port, which holds back while the device is not ready
  }

  @Override
  public void close() {
    writer.close();
    port.closePort();
  }
}
