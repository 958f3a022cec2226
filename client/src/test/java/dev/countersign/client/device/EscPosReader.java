package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads ESC/POS as a printer does; a command it does not know fails the test. */
final class EscPosReader {
  private final byte[] bytes;
  private int at;
  private Style style = Style.NORMAL;
  private CodePage page = CodePage.PC437;
  private boolean bold;
  private boolean loud;

  final List<ReceiptLine> lines = new ArrayList<>();
  final List<String> qrCodes = new ArrayList<>();
  int started;
  int drawerKicks;
  int cuts;
  int international = -1;
  private String storedQr = "";

  EscPosReader(byte[] bytes) {
    this.bytes = bytes;
  }

  static EscPosReader of(byte[] bytes) {
    EscPosReader reader = new EscPosReader(bytes);
    reader.read();
    return reader;
  }

  private void read() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (at < bytes.length) {
      int b = next();
      switch (b) {
        case 0x1b -> escape();
        case 0x1d -> group();
        case 0x0a -> {
          lines.add(new ReceiptLine(line.toString(page.charset()), style));
          line.reset();
        }
        default -> {
          if (b < 0x20 || b == 0x7f) {
            throw new AssertionError("control byte " + b + " at " + at);
          }
          line.write(b);
        }
      }
    }
    if (line.size() > 0) {
      throw new AssertionError("text that was never fed: " + line);
    }
  }

  private void escape() {
    int command = next();
    switch (command) {
      case '@' -> {
        started++;
        bold = false;
        loud = false;
        restyle();
      }
      case 'R' -> international = next();
      case 't' -> {
        int number = next();
        page =
            List.of(CodePage.values()).stream()
                .filter(p -> p.number() == number)
                .findFirst()
                .orElseThrow();
      }
      case 'E' -> {
        bold = next() == 1;
        restyle();
      }
      case 'a', 'd' -> next();
      case 'p' -> {
        next();
        next();
        next();
        drawerKicks++;
      }
      default -> throw new AssertionError("ESC " + command);
    }
  }

  private void group() {
    int command = next();
    switch (command) {
      case '!' -> {
        loud = next() == 0x11;
        restyle();
      }
      case 'V' -> {
        if (next() != 'B') {
          throw new AssertionError("cut without feed");
        }
        next();
        cuts++;
      }
      case '(' -> {
        if (next() != 'k') {
          throw new AssertionError("GS ( of another kind");
        }
        int length = next() | next() << 8;
        symbol(at, length);
        at += length;
      }
      default -> throw new AssertionError("GS " + command);
    }
  }

  private void symbol(int from, int length) {
    if (bytes[from] != '1') {
      throw new AssertionError("not a QR code");
    }
    switch (bytes[from + 1]) {
      case 'P' -> storedQr = new String(bytes, from + 3, length - 3, StandardCharsets.UTF_8);
      case 'Q' -> qrCodes.add(storedQr);
      default -> {}
    }
  }

  private void restyle() {
    style = loud ? Style.LOUD : bold ? Style.BOLD : Style.NORMAL;
  }

  private int next() {
    return bytes[at++] & 0xff;
  }
}
