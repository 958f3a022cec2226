package dev.countersign.client.device;

import dev.countersign.client.device.ReceiptLine.Style;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ESC/POS as a printer does, command by command. What no part of this program writes is
 * refused, so that a stray byte is found and not printed over.
 */
final class EscPosReader {
  /** What comes out of the bytes. */
  interface Roll {
    void put(Printed printed) throws IOException;

    /** The question {@code DLE EOT n}, which is answered at once. */
    void asked(int about) throws IOException;

    /** The question {@code GS r n}, which is answered when all before it is printed. */
    void askedWhetherDone() throws IOException;
  }

  private final InputStream in;
  private final Roll roll;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();
  private CodePage page = CodePage.PC437;
  private boolean bold;
  private boolean loud;
  private boolean centred;
  private int qrDots = 3;
  private String storedQr = "";

  EscPosReader(InputStream in, Roll roll) {
    this.in = in;
    this.roll = roll;
  }

  /**
   * All that these bytes print.
   *
   * @throws IllegalArgumentException when they are not ESC/POS as this program writes it
   */
  static List<Printed> read(byte[] bytes) {
    List<Printed> printed = new ArrayList<>();
    EscPosReader reader =
        new EscPosReader(
            new ByteArrayInputStream(bytes),
            new Roll() {
              @Override
              public void put(Printed each) {
                printed.add(each);
              }

              @Override
              public void asked(int about) {}

              @Override
              public void askedWhetherDone() {}
            });
    try {
      while (reader.next()) {
        // each command in turn
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (reader.isInLine()) {
      throw new IllegalArgumentException("text that was never fed");
    }
    return printed;
  }

  private boolean isInLine() {
    return line.size() > 0 || !text.isEmpty();
  }

  /** Carries the next command out, or takes a character; false at the end. */
  boolean next() throws IOException {
    int b = in.read();
    switch (b) {
      case -1 -> {
        return false;
      }
      case EscPos.ESC -> escape(one());
      case EscPos.GS -> group(one());
      case EscPos.DLE -> {
        int about = one();
        if (about == EscPos.DC4) {
          expect(1, one());
          int pin = one();
          one();
          roll.put(new Printed.Kick(pin));
        } else {
          expect(EscPos.EOT, about);
          roll.asked(one());
        }
      }
      case EscPos.LF -> {
        endRun();
        Style style = loud ? Style.LOUD : bold ? Style.BOLD : Style.NORMAL;
        roll.put(new Printed.Text(text.toString(), style));
        text.setLength(0);
      }
      default -> {
        if (b < 0x20 || b == 0x7f) {
          throw new IllegalArgumentException("a control byte " + b);
        }
        line.write(b);
      }
    }
    return true;
  }

  private void endRun() {
    text.append(line.toString(page.charset()));
    line.reset();
  }

  private void escape(int command) throws IOException {
    switch (command) {
      case '@' -> {
        line.reset();
        text.setLength(0);
        bold = false;
        loud = false;
        centred = false;
        page = CodePage.PC437;
      }
      case 'R' -> expect(0, one());
      case 't' -> {
        endRun();
        int number = one();
        page =
            List.of(CodePage.values()).stream()
                .filter(p -> p.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("code page " + number));
      }
      case 'E' -> bold = one() == 1;
      case 'a' -> centred = one() == 1;
      case 'd' -> roll.put(new Printed.Feed(one()));
      case 'p' -> {
        int pin = one();
        one();
        one();
        roll.put(new Printed.Kick(pin));
      }
      default -> throw new IllegalArgumentException("ESC " + command);
    }
  }

  private void group(int command) throws IOException {
    switch (command) {
      case '!' -> loud = one() == 0x11;
      case 'V' -> {
        expect('B', one());
        one();
        roll.put(new Printed.Cut());
      }
      case 'r' -> {
        expect(1, one());
        roll.askedWhetherDone();
      }
      case 'v' -> {
        expect('0', one());
        expect(0, one());
        int wide = two();
        int high = two();
        roll.put(new Printed.Dots(new Bitmap(wide, high, exactly(wide * high)), centred));
      }
      case '(' -> {
        expect('k', one());
        symbol(exactly(two()));
      }
      default -> throw new IllegalArgumentException("GS " + command);
    }
  }

  private void symbol(byte[] body) throws IOException {
    expect('1', body[0]);
    switch (body[1]) {
      case 'C' -> qrDots = body[2];
      case 'P' -> storedQr = new String(body, 3, body.length - 3, StandardCharsets.UTF_8);
      case 'Q' -> roll.put(new Printed.Code(storedQr, qrDots));
      case 'A', 'E' -> {}
      default -> throw new IllegalArgumentException("a symbol's function " + body[1]);
    }
  }

  private static void expect(int wanted, int found) {
    if (wanted != found) {
      throw new IllegalArgumentException(found + " where " + wanted + " was to be");
    }
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the end inside a command");
    }
    return bytes;
  }

  private int two() throws IOException {
    return one() | one() << 8;
  }

  private int one() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the end inside a command");
    }
    return b;
  }
}
