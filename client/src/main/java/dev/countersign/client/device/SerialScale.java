package dev.countersign.client.device;

import dev.countersign.client.device.Hardware.Dialog;
import dev.countersign.client.port.DeviceLine;
import dev.countersign.client.port.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scale that is asked for a weight and answers. Two dialogs: that of the Toledo 8217 (question
 * {@code W}, answer STX, five digits with a point or a status after a question mark, CR) and the
 * first level of MT-SICS (question {@code SI}, at once whether it rests or not, answer {@code S S
 * 1.234 kg} or {@code S D} while it swings; {@code S} would be answered when it rests, and not at
 * all until then). Safe for any thread.
 */
public final class SerialScale {
  private static final int STX = 0x02;
  private static final int CR = 0x0d;
  private static final int LF = 0x0a;
  private static final int LONGEST = 40;

  /** Seven bits: the eighth is parity, where it comes through. */
  private static final int SEVEN = 0x7f;

  private static final int STATUS_MOVING = 0x01;
  private static final int STATUS_OVER = 0x02;
  private static final int STATUS_BELOW = 0x04;

  private static final Pattern TOLEDO_WEIGHT = Pattern.compile("(\\d{1,3}\\.\\d{2,3})N?");
  private static final Pattern SICS_WEIGHT =
      Pattern.compile("S S +(-?\\d+(?:\\.\\d+)?) +(g|kg|lb|oz)");

  /** Grams in a unit; the international pound of 1959. */
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "g",
          BigDecimal.ONE,
          "kg",
          BigDecimal.valueOf(1000),
          "lb",
          new BigDecimal("453.59237"),
          "oz",
          new BigDecimal("28.349523125"));

  private final Place place;
  private final Dialog dialog;
  private final Duration patience;
  private final LongSupplier nanos;

  /**
   * @param patience for the whole answer
   * @param nanos only runs forward
   */
  public SerialScale(Place place, Dialog dialog, Duration patience, LongSupplier nanos) {
    this.place = place;
    this.dialog = dialog;
    this.patience = patience;
    this.nanos = nanos;
  }

  /** Asks once. May block as long as its patience. */
  public synchronized ScaleReading read() {
    try (DeviceLine line = place.open(patience)) {
      byte[] question =
          (dialog == Dialog.TOLEDO ? "W" : "SI\r\n").getBytes(StandardCharsets.US_ASCII);
      if (line.write(question, 0, question.length, patience) < question.length) {
        return new ScaleReading.Silent("it takes no question");
      }
      String answer = answer(line);
      return dialog == Dialog.TOLEDO ? toledo(answer) : sics(answer);
    } catch (IOException e) {
      return new ScaleReading.Silent(String.valueOf(e.getMessage()));
    }
  }

  private String answer(DeviceLine line) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    long end = nanos.getAsLong() + patience.toNanos();
    boolean begun = dialog == Dialog.SICS;
    while (heard.size() < LONGEST) {
      long left = end - nanos.getAsLong();
      int b = left <= 0 ? DeviceLine.NOTHING : line.read(Duration.ofNanos(left));
      if (b == DeviceLine.NOTHING) {
        throw new IOException("no answer in " + patience.toMillis() + " ms");
      }
      int c = b & SEVEN;
      if (c == STX) {
        begun = true;
        heard.reset();
      } else if (begun && (c == CR || c == LF)) {
        if (heard.size() > 0) {
          return heard.toString(StandardCharsets.US_ASCII);
        }
      } else if (begun) {
        heard.write(c);
      }
    }
    throw new IOException("an answer without an end");
  }

  private static ScaleReading toledo(String answer) {
    if (answer.length() == 2 && answer.charAt(0) == '?') {
      int status = answer.charAt(1);
      if ((status & STATUS_MOVING) != 0) {
        return new ScaleReading.Moving();
      }
      if ((status & STATUS_OVER) != 0) {
        return new ScaleReading.Over();
      }
      return (status & STATUS_BELOW) != 0 ? new ScaleReading.Below() : new ScaleReading.NotReady();
    }
    Matcher weight = TOLEDO_WEIGHT.matcher(answer.strip());
    return weight.matches()
        ? weight(weight.group(1), "kg")
        : new ScaleReading.Silent("an answer that is none");
  }

  private static ScaleReading sics(String answer) {
    return switch (answer.strip()) {
      case "S I" -> new ScaleReading.Moving();
      case "S +" -> new ScaleReading.Over();
      case "S -" -> new ScaleReading.Below();
      case "ES", "ET", "EL", "S L" -> new ScaleReading.NotReady();
      default -> {
        Matcher weight = SICS_WEIGHT.matcher(answer.strip());
        yield weight.matches()
            ? weight(weight.group(1), weight.group(2))
            : answer.startsWith("S D")
                ? new ScaleReading.Moving()
                : new ScaleReading.Silent("an answer that is none");
      }
    };
  }

  private static ScaleReading weight(String figure, String unit) {
    BigDecimal grams =
        new BigDecimal(figure)
            .multiply(UNITS.getOrDefault(unit, BigDecimal.ONE))
            .setScale(0, RoundingMode.HALF_UP);
    return switch (grams.signum()) {
      case -1 -> new ScaleReading.Below();
      case 0 -> new ScaleReading.Empty();
      default -> new ScaleReading.Weight(grams.longValueExact());
    };
  }
}
