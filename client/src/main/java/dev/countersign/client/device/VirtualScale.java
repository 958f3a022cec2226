package dev.countersign.client.device;

import dev.countersign.client.device.Hardware.Dialog;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A scale without a scale, on a port of this machine, for trying out and for tests. */
public final class VirtualScale implements AutoCloseable {
  /** What lies on it and how. */
  public enum Rest {
    STILL,
    MOVING,
    OVER,
    BELOW,
    /** Its power is off: it hears nothing. */
    DEAF
  }

  private final ServerSocket door;
  private final Dialog dialog;
  private volatile long grams;
  private volatile Rest rest = Rest.STILL;

  private VirtualScale(ServerSocket door, Dialog dialog) {
    this.door = door;
    this.dialog = dialog;
    Thread.startVirtualThread(this::welcome);
  }

  /**
   * @param port 0 for any that is free
   */
  public static VirtualScale start(int port, Dialog dialog) throws IOException {
    return new VirtualScale(new ServerSocket(port, 4, InetAddress.getLoopbackAddress()), dialog);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Lays so many grams on it. */
  public void lay(long weight, Rest how) {
    grams = weight;
    rest = how;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void welcome() {
    while (true) {
      try {
        Socket guest = door.accept();
        Thread.startVirtualThread(() -> serve(guest));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket guest) {
    try (guest) {
      InputStream in = guest.getInputStream();
      StringBuilder asked = new StringBuilder();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (dialog == Dialog.SICS && b != '\n') {
          asked.append((char) b);
          continue;
        }
        String question = dialog == Dialog.TOLEDO ? String.valueOf((char) b) : asked.toString();
        asked.setLength(0);
        if (hears(question.strip())) {
          guest.getOutputStream().write(answer().getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException _) {
      // whoever asked is gone
    }
  }

  /** One that swings keeps silent to {@code S} until it rests, as real ones do. */
  private boolean hears(String question) {
    boolean asked =
        switch (question) {
          case "W" -> dialog == Dialog.TOLEDO;
          case "SI" -> dialog == Dialog.SICS;
          case "S" -> dialog == Dialog.SICS && rest != Rest.MOVING;
          default -> false;
        };
    return asked && rest != Rest.DEAF;
  }

  private String answer() {
    String kilograms =
        String.format(Locale.ROOT, "%.3f", BigDecimal.valueOf(grams).movePointLeft(3));
    if (dialog == Dialog.TOLEDO) {
      return "\u0002"
          + switch (rest) {
            case MOVING -> "?a";
            case OVER -> "?b";
            case BELOW -> "?d";
            default -> kilograms;
          }
          + "\r";
    }
    return switch (rest) {
          case MOVING -> "S D " + kilograms + " kg";
          case OVER -> "S +";
          case BELOW -> "S -";
          default -> "S S " + kilograms + " kg";
        }
        + "\r\n";
  }
}
