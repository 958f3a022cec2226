package dev.countersign.client.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.io.InterruptedIOException;
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

  /**
   * Milliseconds after which a call that waits for bytes looks up. Set up before the port opens: as
   * long as a port is set up not to wait at all, writing to one that is full keeps a core busy.
   */
  private static final int LOOK = 100;

  /** Bytes that a port or its adapter holds itself and that no system counts; ten bits each. */
  private static final int IN_THE_PORT = 128;

  private static final int BITS = 10;
  private static final long BETWEEN = 20;
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final SerialPort port;
  private final int baud;
  private final Writer writer;

  private SerialLine(SerialPort port, int baud) {
    this.port = port;
    this.baud = baud;
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
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, LOOK, 0);
    if (!port.openPort()) {
      throw new IOException(name + " could not be opened (" + port.getLastErrorCode() + ")");
    }
    return new SerialLine(port, baud);
  }

  @Override
  public int write(byte[] bytes, int offset, int length, Duration patience) throws IOException {
    return writer.write(bytes, offset, length, patience);
  }

  @Override
  public int read(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    byte[] one = new byte[1];
    do {
      int got = port.readBytes(one, 1);
      if (got < 0) {
        throw new IOException("the port is gone");
      }
      if (got > 0) {
        return one[0] & 0xff;
      }
    } while (System.nanoTime() - end < 0);
    return NOTHING;
  }

  @Override
  public boolean answers() {
    return true;
  }

  /** Waits until the wire has taken all: what the system still holds is lost with the closing. */
  @Override
  public void finish(Duration patience) throws IOException {
    int held = port.bytesAwaitingWrite();
    long end = System.nanoTime() + patience.toNanos();
    while (held > 0) {
      rest(BETWEEN);
      int now = port.bytesAwaitingWrite();
      if (now < held) {
        end = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() - end >= 0) {
        throw new IOException("the device takes nothing");
      }
      held = now;
    }
    rest(1000L * BITS * IN_THE_PORT / baud);
  }

  private static void rest(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while the device was taking bytes");
    }
  }

  /** Some systems hold a port back while its device takes nothing: nobody waits for those. */
  @Override
  public void close() {
    writer.close();
    Thread closing = Thread.ofPlatform().daemon().name("closing a port").start(port::closePort);
    try {
      closing.join(CLOSING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
