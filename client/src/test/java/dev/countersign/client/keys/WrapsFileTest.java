package dev.countersign.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.keys.DeviceFolder.Title;
import dev.countersign.client.keys.DeviceFolder.Wrap;
import dev.countersign.client.keys.DeviceFolder.Wraps;
import dev.countersign.common.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrapsFileTest {
  private static final UUID FOLDER = UUID.fromString("6f888fe0-674b-4663-a815-818e8875a5ee");
  private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");

  private static final Wraps FULL =
      new Wraps(
          FOLDER,
          new Title("Bäckerei \"Süd\"", "Store 1", "", "practice"),
          "file",
          "41151e64",
          List.of(
              new Wrap(USER, new byte[] {-1, 0, 1}, new byte[16], 65_536, 3, 1, new byte[] {7})),
          List.of(FOLDER));

  @Test
  void whatTheLibraryWroteIsReadBack() throws IOException {
    byte[] written = Json.encode(FULL);
    assertThat(Json.encode(WrapsFile.read(written))).isEqualTo(written);
    byte[] empty =
        Json.encode(
            new Wraps(FOLDER, new Title("", "", "", "demo"), "", "1", List.of(), List.of()));
    assertThat(Json.encode(WrapsFile.read(empty))).isEqualTo(empty);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"keyCheck\":\"41151e64\",|``",
        "\"lanes\":1,|``",
        "\"lanes\":1|\"lanes\":1.0",
        "\"lanes\":1|\"lanes\":null",
        "\"chest\"|\"chset\"",
        "\"title\":{|\"title\":{\"more\":\"\",",
        "\"wraps\":[{|\"wraps\":[{\"more\":\"\",",
        "\"wraps\":[|\"wraps\":[null,",
        "00000000-0000-7000-8000-000000000001|0-0-7-8-1",
        "00000000-0000-7000-8000-000000000001|00000000-0000-7000-8000-00000000000g",
        "\"sealed\":\"Bw==\"|\"sealed\":\"B*==\"",
        "\"former\":[|\"former\":[1,"
      },
      delimiter = '|')
  void anyDamageIsRefused(String part, String instead) {
    String written = new String(Json.encode(FULL), StandardCharsets.UTF_8);
    assertThat(written).contains(part);
    byte[] damaged = written.replace(part, instead).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> WrapsFile.read(damaged)).isInstanceOf(IOException.class);
  }
}
