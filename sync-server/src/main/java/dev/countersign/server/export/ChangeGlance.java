package dev.countersign.server.export;

import dev.countersign.common.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a verifier needs to know about a change beyond its hash: what it says it is, and what a sale
 * comes to.
 *
 * @param total the sale's total in minor units, 0 where there is none
 */
record ChangeGlance(String type, String entity, String actor, long total) {

  /**
   * Glances over a change's bytes.
   *
   * @throws IllegalArgumentException if they are no JSON object of that shape
   */
  static ChangeGlance of(byte[] payload, int offset, int length) {
    String type = "";
    String entity = "";
    String actor = "";
    long total = 0;
    try (JsonParser in = Json.strict().createParser(payload, offset, length)) {
      in.nextToken();
      for (String field = in.nextName(); field != null; field = in.nextName()) {
        JsonToken value = in.nextToken();
        switch (field) {
          case "type" -> type = in.getString();
          case "entity" -> entity = in.getString();
          case "actor" -> actor = in.getString();
          case "body" -> total = value == JsonToken.START_OBJECT ? total(in) : 0;
          default -> in.skipChildren();
        }
      }
      return new ChangeGlance(type, entity, actor, total);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a change", e);
    }
  }

  private static long total(JsonParser in) {
    long total = 0;
    for (String field = in.nextName(); field != null; field = in.nextName()) {
      JsonToken value = in.nextToken();
      if (field.equals("total") && value == JsonToken.VALUE_NUMBER_INT) {
        total = in.getLongValue();
      } else {
        in.skipChildren();
      }
    }
    return total;
  }
}
