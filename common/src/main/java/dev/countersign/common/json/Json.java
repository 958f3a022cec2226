package dev.countersign.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.common.money.Quantity;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one JSON mapper of the project. Strict on reading: unknown fields, duplicate keys, trailing
 * tokens, a fraction where an integer stands, nesting over {@value #MAX_DEPTH} and strings over
 * {@value #MAX_STRING} characters are refused with a {@link JacksonException}. Money is integer
 * minor units, a {@link Quantity} is a decimal string, an instant is ISO-8601 in UTC.
 */
public final class Json {
  /** Deepest nesting of any document that comes in. */
  public static final int MAX_DEPTH = 32;

  /** Longest string value that comes in, in characters. */
  public static final int MAX_STRING = 16 * 1024;

  /**
   * Longest string value that a server may tell its devices, in characters: the sheet of rights of
   * a business with thousands of people.
   */
  public static final int MAX_TOLD = 4 * 1024 * 1024;

  private static final JsonMapper STRICT = build(MAX_STRING);
  private static final JsonMapper KNOWN =
      build(MAX_TOLD).rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /** The shared, immutable mapper. */
  public static JsonMapper strict() {
    return STRICT;
  }

  /**
   * Encodes a record to compact UTF-8 JSON. The same value always gives the same bytes.
   *
   * @throws JacksonException when the value cannot be represented
   */
  public static byte[] encode(Object value) {
    return STRICT.writeValueAsBytes(value);
  }

  /**
   * Decodes strictly.
   *
   * @throws JacksonException when the bytes are not exactly one document of that type
   */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    T value = STRICT.readValue(bytes, type);
    if (value == null) {
      throw new NullDocumentException();
    }
    return value;
  }

  /**
   * Decodes what a newer program than this may have said: fields that this one does not know are
   * left out, and texts may be longer; all else is as strict as ever. For what a server tells its
   * devices, never for what a device tells the server.
   *
   * @throws JacksonException when the bytes are not exactly one document of that type
   */
  public static <T> T decodeKnown(byte[] bytes, Class<T> type) {
    T value = KNOWN.readValue(bytes, type);
    if (value == null) {
      throw new NullDocumentException();
    }
    return value;
  }

  /** The mapper of {@link #decodeKnown(byte[], Class)}, for whoever reads token by token. */
  public static JsonMapper known() {
    return KNOWN;
  }

  /**
   * The text that a parser is at, as strictly as a record's is read.
   *
   * @throws JacksonException when it is no text, or holds half of a surrogate pair
   */
  public static String text(JsonParser in) {
    String text = in.currentToken() == JsonToken.VALUE_STRING ? in.getString() : null;
    if (text == null || !isWellFormed(text)) {
      throw new NullDocumentException();
    }
    return text;
  }

  /** {@link #decodeKnown(byte[], Class)} of a part that was read already. */
  public static <T> T decodeKnown(JsonNode part, Class<T> type) {
    return KNOWN.treeToValue(part, type);
  }

  private static JsonMapper build(int longest) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(longest)
                    .maxNumberLength(64)
                    .maxNameLength(256)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    SimpleModule values = new SimpleModule("countersign");
    values.addSerializer(Quantity.class, new QuantityWriter());
    values.addDeserializer(Quantity.class, new QuantityReader());
    values.addDeserializer(String.class, new TextReader());
    return JsonMapper.builder(factory)
        .addModule(values)
        .addModule(new RecordsModule())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
        .build();
  }

  /** The document was something else, such as {@code null}, where a record was expected. */
  public static final class NullDocumentException extends JacksonException {
    private static final long serialVersionUID = 1L;

    public NullDocumentException() {
      super("no document where one was expected");
    }
  }

  private static final class QuantityWriter extends StdSerializer<Quantity> {
    QuantityWriter() {
      super(Quantity.class);
    }

    @Override
    public void serialize(Quantity value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.toDecimalString());
    }
  }

  private static final class QuantityReader extends StdDeserializer<Quantity> {
    QuantityReader() {
      super(Quantity.class);
    }

    @Override
    public Quantity deserialize(JsonParser in, DeserializationContext context) {
      String text = in.getValueAsString();
      try {
        if (text != null) {
          return Quantity.parse(text);
        }
      } catch (IllegalArgumentException _) {
        // answered below, with the place in the document
      }
      return (Quantity) context.handleWeirdStringValue(Quantity.class, text, "not a quantity");
    }
  }

  /** Text that is text: half of a surrogate pair has no UTF-8 form and would not survive a copy. */
  private static final class TextReader extends StdDeserializer<String> {
    TextReader() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser in, DeserializationContext context) {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        return (String) context.handleUnexpectedToken(context.constructType(String.class), in);
      }
      String text = in.getString();
      return isWellFormed(text)
          ? text
          : (String) context.handleWeirdStringValue(String.class, "", "a lone surrogate");
    }
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
