package dev.countersign.client.keys;

import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.DeviceFolder.Wrap;
import dev.countersign.client.keys.DeviceFolder.Wraps;
import dev.countersign.common.json.PlainJson;
import dev.countersign.common.json.PlainJson.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code wraps.json}, which is asked for before the first screen, without the JSON library
 * that wrote it.
 */
final class WrapsFile {
  private static final int UUID_LENGTH = 36;

  private WrapsFile() {}

  /**
   * @throws IOException when it is damaged, lacks a field or says what this program does not know
   */
  static Wraps read(byte[] bytes) throws IOException {
    try {
      Fields all = PlainJson.object(bytes);
      Fields title = required("title", all.object("title"));
      List<Wrap> wraps = new ArrayList<>();
      for (Fields wrap : all.objects("wraps")) {
        wraps.add(wrap(wrap));
      }
      List<UUID> former = new ArrayList<>();
      for (String user : all.texts("former")) {
        former.add(uuid("former", user));
      }
      Wraps read =
          new Wraps(
              uuid("folder", all.text("folder")),
              title(title),
              orEmpty(all.text("chest")),
              required("keyCheck", all.text("keyCheck")),
              wraps,
              former);
      all.end();
      return read;
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  private static Title title(Fields title) throws IOException {
    Title read =
        new Title(
            orEmpty(title.text("tenant")),
            orEmpty(title.text("store")),
            orEmpty(title.text("register")),
            orEmpty(title.text("environment")));
    title.end();
    return read;
  }

  private static Wrap wrap(Fields wrap) throws IOException {
    Wrap read =
        new Wrap(
            uuid("user", wrap.text("user")),
            bytes("name", wrap.text("name")),
            bytes("salt", wrap.text("salt")),
            wrap.integer("memoryKiB"),
            wrap.integer("passes"),
            wrap.integer("lanes"),
            bytes("sealed", wrap.text("sealed")));
    wrap.end();
    return read;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] bytes(String name, @Nullable String text) throws IOException {
    return Base64.getDecoder().decode(required(name, text));
  }

  private static UUID uuid(String name, @Nullable String text) throws IOException {
    String whole = required(name, text);
    if (whole.length() != UUID_LENGTH) {
      throw new IOException(name + " is no id");
    }
    return UUID.fromString(whole);
  }

  private static <T> T required(String name, @Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException(name + " is missing");
    }
    return value;
  }
}
