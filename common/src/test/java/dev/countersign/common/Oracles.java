package dev.countersign.common;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the expectations from outside; see the README beside them. */
public final class Oracles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Oracles() {}

  /** The file as it stands in this repository and, if there is one, beside the checkout. */
  public static List<JsonNode> documents(String file) {
    try (var stream = Oracles.class.getResourceAsStream("/oracles/" + file)) {
      var documents = new ArrayList<JsonNode>();
      documents.add(JSON.readTree(stream));
      var beside = Repository.root().resolveSibling("shared").resolve("oracles").resolve(file);
      if (Files.isRegularFile(beside)) {
        documents.add(JSON.readTree(Files.readString(beside)));
      }
      return documents;
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** All cases under a key; the test fails rather than run on none. */
  public static Stream<JsonNode> cases(String file, String key) {
    var cases = documents(file).stream().flatMap(d -> d.get(key).valueStream()).toList();
    if (cases.isEmpty()) {
      throw new IllegalStateException("no " + key + " in " + file);
    }
    return cases.stream();
  }
}
