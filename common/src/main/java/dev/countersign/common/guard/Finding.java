package dev.countersign.common.guard;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.json.Json;
import dev.countersign.common.sale.CardNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a text or a document holds that should not be there. It names kinds; it never holds the
 * number itself.
 *
 * @param cardNumber a card number is in it: it must not be stored
 * @param governmentIds kinds of government ids in it: a person should know
 */
public record Finding(boolean cardNumber, Set<GovernmentId> governmentIds) {
  /** Nothing of the kind. */
  public static final Finding NONE = new Finding(false, Set.of());

  /** No card number and no government id is shorter, in characters. */
  private static final int SHORTEST = 9;

  public Finding {
    governmentIds =
        governmentIds.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(governmentIds));
  }

  /** What is in one text. */
  public static Finding in(String text) {
    if (text.length() < SHORTEST) {
      return NONE;
    }
    return new Finding(CardNumbers.isIn(text), GovernmentId.in(text));
  }

  /**
   * What is in a body, whatever it is: every name, text and number of a JSON document, of the
   * payload of an envelope, or of plain text. A document that is not well formed is looked at as
   * text; whoever decodes it refuses it.
   */
  public static Finding inBody(byte[] body) {
    int first = 0;
    while (first < body.length && body[first] <= ' ' && body[first] >= 0) {
      first++;
    }
    if (first == body.length) {
      return NONE;
    }
    try {
      return body[first] == '{' || body[first] == '[' || body[first] == '"'
          ? inJson(body)
          : inJson(Envelope.decode(body).payload());
    } catch (JacksonException | EnvelopeFormatException _) {
      return in(new String(body, StandardCharsets.UTF_8));
    }
  }

  /** This and another one. */
  public Finding and(Finding other) {
    if (other.equals(NONE)) {
      return this;
    }
    EnumSet<GovernmentId> both = EnumSet.noneOf(GovernmentId.class);
    both.addAll(governmentIds);
    both.addAll(other.governmentIds);
    return new Finding(cardNumber || other.cardNumber, both);
  }

  private static Finding inJson(byte[] json) {
    Finding all = NONE;
    try (JsonParser in = Json.strict().createParser(json)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        boolean text =
            switch (token) {
              case PROPERTY_NAME, VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> true;
              default -> false;
            };
        if (text) {
          all = all.and(in(in.getString()));
        }
      }
    }
    return all;
  }
}
