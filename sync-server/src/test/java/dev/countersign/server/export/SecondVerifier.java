package dev.countersign.server.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The verifier of {@code docs/verify}, which shares no line with ours: what the two say about an
 * export must be the same.
 */
public final class SecondVerifier {
  private static final Path SCRIPT = Path.of("..", "docs", "verify", "verify.py");

  private SecondVerifier() {}

  /** What our own verifier says, after the other one said the same. */
  public static ExportReport both(Path folder, LogKey key, byte[] export, String... seen)
      throws Exception {
    ExportReport ours =
        new ExportVerifier(key, Runnable::run, List.of(seen))
            .verify(new ByteArrayInputStream(export));
    JsonNode theirs = run(folder, key, export, seen);
    switch (ours) {
      case ExportReport.Sound sound -> {
        assertThat(theirs.path("reason").asString("")).isEmpty();
        assertThat(theirs.get("sound").asBoolean()).isTrue();
        assertThat(theirs.get("contradictions")).isEmpty();
        assertSame(sound, theirs);
      }
      case ExportReport.Contradicted contradicted -> {
        assertThat(theirs.get("sound").asBoolean()).isFalse();
        assertSame(contradicted.rest(), theirs);
        assertThat(theirs.get("contradictions").size()).isEqualTo((int) contradicted.count());
        for (int i = 0; i < contradicted.first().size(); i++) {
          ExportReport.Contradiction own = contradicted.first().get(i);
          JsonNode other = theirs.get("contradictions").get(i);
          assertThat(other.get("line").asLong()).isEqualTo(own.line());
          assertThat(other.get("device").asString()).isEqualTo(own.device());
          assertThat(other.get("size").asLong()).isEqualTo(own.size());
          assertThat(other.has("shift"))
              .isEqualTo(own instanceof ExportReport.Contradiction.Report);
        }
      }
      case ExportReport.Broken broken -> {
        assertThat(theirs.get("sound").asBoolean()).as(broken.reason()).isFalse();
        assertThat(theirs.get("line").asLong())
            .as("%s / %s", broken.reason(), theirs.get("reason").asString())
            .isEqualTo(broken.line());
      }
    }
    return ours;
  }

  private static void assertSame(ExportReport.Sound sound, JsonNode theirs) {
    assertThat(theirs.get("entries").asLong()).isEqualTo(sound.entries());
    assertThat(theirs.get("batches").asLong()).isEqualTo(sound.batches());
    assertThat(theirs.get("sales").asLong()).isEqualTo(sound.sales());
    assertThat(theirs.get("total").asLong()).isEqualTo(sound.total());
    assertThat(theirs.get("currency").asString()).isEqualTo(sound.currency());
    assertThat(theirs.get("witnesses").size()).isEqualTo(sound.witnesses().size());
    for (int i = 0; i < sound.witnesses().size(); i++) {
      ExportReport.Witness own = sound.witnesses().get(i);
      JsonNode other = theirs.get("witnesses").get(i);
      assertThat(other.get("device").asString()).isEqualTo(own.device().toString());
      assertThat(other.get("size").asLong()).isEqualTo(own.size());
      assertThat(other.get("at").asLong()).isEqualTo(own.at().getEpochSecond());
    }
  }

  private static JsonNode run(Path folder, LogKey key, byte[] export, String... seen)
      throws Exception {
    assumeThat(isThere()).as("python3").isTrue();
    Path file = Files.createTempFile(folder, "export", ".log");
    Files.write(file, export);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", "-I", "-B", SCRIPT.toString(), file.toString()));
    command.addAll(List.of("--json", "--key", key.text()));
    for (String checkpoint : seen) {
      Path kept = Files.createTempFile(folder, "seen", ".txt");
      command.addAll(List.of("--seen", Files.writeString(kept, checkpoint).toString()));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(folder.resolve("stderr").toFile()))
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    int ended = process.waitFor();
    assertThat(ended).as(Files.readString(folder.resolve("stderr"))).isIn(0, 1);
    JsonNode said = Json.strict().readTree(answer);
    assertThat(said.get("sound").asBoolean()).isEqualTo(ended == 0);
    return said;
  }

  private static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
