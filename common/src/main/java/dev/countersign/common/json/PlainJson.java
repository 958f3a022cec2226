package dev.countersign.common.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a small document without the JSON library, which a till would load for two files before its
 * first screen: it takes as long as a fifth of the start. As strict as {@link Json#decode}, and
 * stricter: UTF-8 only, whole numbers of at most 18 digits, and no null in a list.
 */
public final class PlainJson {
  private static final int LONGEST_NUMBER = 18;
  private static final int LONGEST_NAME = 256;

  private final String text;
  private int at;

  private PlainJson(String text) {
    this.text = text;
  }

  /**
   * What an object says, by name; null is as good as not said. Whoever asks for a field takes it.
   */
  public static final class Fields {
    private final Map<String, Object> said;

    private Fields(Map<String, Object> said) {
      this.said = said;
    }

    /**
     * @return null where it is not said
     * @throws IOException when it is no text
     */
    public @Nullable String text(String name) throws IOException {
      return as(String.class, name, said.remove(name));
    }

    /**
     * @throws IOException when it is no whole number that fits, or not said
     */
    public int integer(String name) throws IOException {
      Long number = as(Long.class, name, said.remove(name));
      if (number == null || number != number.intValue()) {
        throw new IOException(name + " is no number");
      }
      return number.intValue();
    }

    /**
     * @return null where it is not said
     * @throws IOException when it is no object
     */
    public @Nullable Fields object(String name) throws IOException {
      return as(Fields.class, name, said.remove(name));
    }

    /**
     * @return empty where it is not said
     * @throws IOException when it is no list, or one of other things
     */
    public List<Fields> objects(String name) throws IOException {
      return list(Fields.class, name);
    }

    /**
     * @return empty where it is not said
     * @throws IOException when it is no list, or one of other things
     */
    public List<String> texts(String name) throws IOException {
      return list(String.class, name);
    }

    /**
     * Nothing more is wanted.
     *
     * @throws IOException when something was said that nobody asked for
     */
    public void end() throws IOException {
      if (!said.isEmpty()) {
        throw new IOException("unknown: " + said.keySet());
      }
    }

    private <T> List<T> list(Class<T> type, String name) throws IOException {
      List<T> all = new ArrayList<>();
      List<?> found = as(List.class, name, said.remove(name));
      for (Object each : found == null ? List.of() : found) {
        all.add(type.cast(as(type, name, each)));
      }
      return all;
    }

    private static <T> @Nullable T as(Class<T> type, String name, @Nullable Object value)
        throws IOException {
      if (value != null && !type.isInstance(value)) {
        throw new IOException(name + " is something else");
      }
      return type.cast(value);
    }
  }

  /**
   * Reads a document that is one object.
   *
   * @throws IOException when it is anything else
   */
  public static Fields object(byte[] document) throws IOException {
    PlainJson reader =
        new PlainJson(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString());
    Object value = reader.value(0);
    reader.blanks();
    if (!(value instanceof Fields fields) || reader.at < reader.text.length()) {
      throw new IOException("not one object");
    }
    return fields;
  }

  private @Nullable Object value(int depth) throws IOException {
    blanks();
    return switch (peek()) {
      case '{' -> fields(deeper(depth));
      case '[' -> list(deeper(depth));
      case '"' -> string(Json.MAX_STRING);
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private static int deeper(int depth) throws IOException {
    if (depth == Json.MAX_DEPTH) {
      throw new IOException("nested too deeply");
    }
    return depth + 1;
  }

  private Fields fields(int depth) throws IOException {
    Map<String, Object> said = new HashMap<>();
    Set<String> names = new HashSet<>();
    at++;
    while (more('}', names.isEmpty())) {
      String name = string(LONGEST_NAME);
      if (!names.add(name)) {
        throw new IOException(name + " twice");
      }
      blanks();
      take(':');
      Object value = value(depth);
      if (value != null) {
        said.put(name, value);
      }
    }
    return new Fields(said);
  }

  private List<Object> list(int depth) throws IOException {
    List<Object> all = new ArrayList<>();
    at++;
    while (more(']', all.isEmpty())) {
      Object value = value(depth);
      if (value == null) {
        throw new IOException("null in a list");
      }
      all.add(value);
    }
    return all;
  }

  /** Stands at the next part, or behind the end. */
  private boolean more(char end, boolean first) throws IOException {
    blanks();
    if (peek() == end) {
      at++;
      return false;
    }
    if (!first) {
      take(',');
      blanks();
    }
    return true;
  }

  private String string(int longest) throws IOException {
    take('"');
    StringBuilder read = new StringBuilder();
    for (char c = peek(); c != '"'; c = peek()) {
      at++;
      if (c < ' ' || read.length() == longest) {
        throw new IOException("no text");
      }
      read.append(c == '\\' ? escaped() : c);
    }
    at++;
    String all = read.toString();
    if (all.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new IOException("half of a surrogate pair");
    }
    return all;
  }

  private char escaped() throws IOException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw new IOException("no escape");
    };
  }

  private char unit() throws IOException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new IOException("no escape");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  private Long number() throws IOException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int first = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - first;
    boolean leads = digits > 1 && text.charAt(first) == '0';
    boolean goesOn = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
    if (digits == 0 || digits > LONGEST_NUMBER || leads || goesOn) {
      throw new IOException("no whole number");
    }
    return Long.valueOf(text.substring(start, at));
  }

  private @Nullable Boolean word(String word, @Nullable Boolean meant) throws IOException {
    if (!text.startsWith(word, at)) {
      throw new IOException("no word");
    }
    at += word.length();
    return meant;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws IOException {
    if (at == text.length()) {
      throw new IOException("cut off");
    }
    return text.charAt(at);
  }

  private void take(char wanted) throws IOException {
    if (peek() != wanted) {
      throw new IOException("no " + wanted);
    }
    at++;
  }
}
