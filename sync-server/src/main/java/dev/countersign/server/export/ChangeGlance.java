package dev.countersign.server.export;

import dev.countersign.common.change.ChangeType;
import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.TextEnds;
import dev.countersign.server.audit.ReadLeaf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier needs to know about a change beyond its hash: what it says it is, and what a sale
 * comes to. Goes over the bytes once and builds nothing, for whoever verifies a log reads millions.
 * One of these names that stands twice could be read in two ways, so it is refused; so is any name
 * with an escape sequence, which could be another's second writing.
 */
final class ChangeGlance {
  private static final byte[] TYPE = ascii("type");
  private static final byte[] ENTITY = ascii("entity");
  private static final byte[] ACTOR = ascii("actor");
  private static final byte[] BODY = ascii("body");
  private static final byte[] TOTAL = ascii("total");
  private static final byte[] LOG = ascii("log");
  private static final byte[] SIZE = ascii("size");
  private static final byte[] ROOT = ascii("root");
  private static final byte[] NULL = ascii("null");
  private static final byte[] SALE = ascii(ChangeType.SALE_COMPLETED.wireName());
  private static final byte[] CLOSING = ascii(ChangeType.SHIFT_CLOSED.wireName());

  /** Where a value stands: of a text the bytes between its quotes, none where it is missing. */
  private static final class Place {
    private final byte[] name;
    private int from = -1;
    private int to = -1;

    Place(byte[] name) {
      this.name = name;
    }
  }

  private final byte[] bytes;
  private final int end;
  private final Place type = new Place(TYPE);
  private final Place entity = new Place(ENTITY);
  private final Place actor = new Place(ACTOR);
  private final Place body = new Place(BODY);
  private final Place total = new Place(TOTAL);
  private final Place log = new Place(LOG);
  private final Place[] inChange = {type, entity, actor, body};
  private final Place[] inBody = {total, log};
  private int at;

  private ChangeGlance(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /**
   * Glances over a change's bytes.
   *
   * @throws IllegalArgumentException if they are no JSON object of that shape
   */
  static ChangeGlance of(byte[] payload, int offset, int length) {
    ChangeGlance change = at(payload, offset, offset + length);
    if (change.at != change.end) {
      throw notAChange();
    }
    return change;
  }

  /**
   * Glances over the change that begins here, wherever it ends.
   *
   * @param end it must end before or there
   * @throws IllegalArgumentException if there is no JSON object of that shape
   */
  static ChangeGlance at(byte[] payload, int offset, int end) {
    ChangeGlance change = new ChangeGlance(payload, offset, end - offset);
    change.object(change.inChange);
    return change;
  }

  /** The position behind the change. */
  int behind() {
    return at;
  }

  /** Whether an entry says of this change what it is, whom it is about and who made it. */
  boolean isThatOf(ReadLeaf entry) {
    return stands(entry, ReadLeaf.Field.WHAT, type)
        && stands(entry, ReadLeaf.Field.ENTITY, entity)
        && stands(entry, ReadLeaf.Field.WHO, actor);
  }

  private boolean stands(ReadLeaf entry, ReadLeaf.Field field, Place place) {
    return entry.has(field, bytes, Math.max(place.from, 0), Math.max(place.to, 0));
  }

  boolean isSale() {
    return is(SALE);
  }

  /** {@link #saidHead} of a change that perhaps nobody can read; empty then. */
  static Optional<SaidHead> headIn(byte[] payload, int offset, int length) {
    try {
      return of(payload, offset, length).saidHead();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private boolean is(byte[] wanted) {
    return type.from >= 0 && Arrays.equals(bytes, type.from, type.to, wanted, 0, wanted.length);
  }

  /**
   * What the log was when a shift was closed, as its till had seen it; empty for any other change,
   * and for a till that had seen nothing yet.
   *
   * @throws IllegalArgumentException if it is not a size and a root
   */
  Optional<SaidHead> saidHead() {
    if (!is(CLOSING) || log.from < 0 || isNull(log)) {
      return Optional.empty();
    }
    Place size = new Place(SIZE);
    Place root = new Place(ROOT);
    ChangeGlance head = new ChangeGlance(bytes, log.from, log.to - log.from);
    head.object(new Place[] {size, root});
    if (root.from < 0) {
      throw notAChange();
    }
    String shift = entity.from < 0 ? "" : text(entity, StandardCharsets.UTF_8);
    return Optional.of(
        new SaidHead(
            shift, wholeNumber(size), Hash.fromHex(text(root, StandardCharsets.US_ASCII))));
  }

  /**
   * A sale's total in minor units, 0 where it names none.
   *
   * @throws IllegalArgumentException if it is no whole number
   */
  long total() {
    return total.from < 0 ? 0 : wholeNumber(total);
  }

  private boolean isNull(Place place) {
    return bytes[place.from - 1] != '"'
        && Arrays.equals(bytes, place.from, place.to, NULL, 0, NULL.length);
  }

  private long wholeNumber(Place place) {
    if (place.from < 0 || bytes[place.from - 1] == '"') {
      throw notAChange();
    }
    return Long.parseLong(text(place, StandardCharsets.US_ASCII));
  }

  private String text(Place place, Charset charset) {
    return new String(bytes, place.from, place.to - place.from, charset);
  }

  /** Goes over an object and notes where the values of these names stand. */
  private void object(Place[] wanted) {
    expect('{');
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      blanks();
      int from = at + 1;
      text(false);
      Place place = named(wanted, from, at - 1);
      blanks();
      expect(':');
      blanks();
      boolean quoted = peek() == '"';
      int start = at;
      if (place == body && peek() == '{') {
        object(inBody);
      } else {
        value();
      }
      if (place != null) {
        if (place.from >= 0) {
          throw notAChange();
        }
        place.from = quoted ? start + 1 : start;
        place.to = quoted ? at - 1 : at;
      }
      blanks();
      if (peek() != ',') {
        expect('}');
        return;
      }
      at++;
    }
  }

  private @Nullable Place named(Place[] wanted, int from, int to) {
    for (Place place : wanted) {
      byte[] name = place.name;
      if (to - from == name.length
          && bytes[from] == name[0]
          && Arrays.equals(bytes, from, to, place.name, 0, place.name.length)) {
        return place;
      }
    }
    return null;
  }

  private void value() {
    byte first = peek();
    if (first == '"') {
      text(true);
    } else if (first == '{' || first == '[') {
      int depth = 0;
      do {
        byte b = peek();
        if (b == '"') {
          text(true);
          continue;
        }
        if (b == '{' || b == '[') {
          depth++;
        } else if (b == '}' || b == ']') {
          depth--;
        }
        at++;
      } while (depth > 0);
    } else {
      int start = at;
      while (isPlain(peek())) {
        at++;
      }
      if (at == start) {
        throw notAChange();
      }
    }
  }

  /** A character of a number, of true, false or null. */
  private static boolean isPlain(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == '-'
        || b == '.'
        || b == '+'
        || b == 'E';
  }

  private void text(boolean escapes) {
    expect('"');
    at = escapes ? TextEnds.closing(bytes, at, end) : TextEnds.next(bytes, at, end);
    // What stands there in a name may be a backslash.
    expect('"');
  }

  private void blanks() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  private byte peek() {
    if (at >= end) {
      throw notAChange();
    }
    return bytes[at];
  }

  private void expect(char c) {
    if (peek() != c) {
      throw notAChange();
    }
    at++;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static IllegalArgumentException notAChange() {
    return new IllegalArgumentException("not a change");
  }
}
