package dev.countersign.client.port;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.util.Arrays;

/** The other end of a serial port: a pair of the system's terminals, without a wire. */
public final class FarEnd implements AutoCloseable {
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

  private static final int READ_AND_WRITE = 2;

  private final Terminals system = Native.load("c", Terminals.class);
  private final int far;

  private FarEnd() throws IOException {
    far = system.posix_openpt(READ_AND_WRITE);
    if (far < 0 || system.grantpt(far) != 0 || system.unlockpt(far) != 0) {
      throw new IOException("the system gives no terminals");
    }
  }

  public static FarEnd open() throws IOException {
    return new FarEnd();
  }

  /** Of the port, to open it with. */
  public String name() {
    return system.ptsname(far);
  }

  /** What came, as far as there is some; waits for the first byte. */
  public byte[] hear() throws IOException {
    byte[] heard = new byte[4096];
    long got = system.read(far, heard, heard.length);
    if (got < 0) {
      throw new IOException("the port is closed");
    }
    return Arrays.copyOf(heard, (int) got);
  }

  public void say(byte[] bytes) {
    system.write(far, bytes, bytes.length);
  }

  @Override
  public void close() {
    system.close(far);
  }
}
