package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteLinesTest {
  @Property(tries = 200)
  void theLinesAreThoseBetweenTheLineFeeds(
      @ForAll @Size(max = 12) List<@IntRange(max = 200_000) Integer> lengths,
      @ForAll boolean ended,
      @ForAll @IntRange(min = 1, max = 100_000) int atOnce)
      throws IOException {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      wanted.add(Character.toString('a' + i).repeat(lengths.get(i)));
    }
    String text = String.join("\n", wanted) + (ended && !wanted.isEmpty() ? "\n" : "");
    // Nothing behind the last line feed is no line.
    if (!ended && !wanted.isEmpty() && wanted.getLast().isEmpty()) {
      wanted.removeLast();
    }
    assertThat(read(text, atOnce)).isEqualTo(wanted);
  }

  private static List<String> read(String text, int atOnce) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    List<String> found = new ArrayList<>();
    try (ByteLines lines =
        new ByteLines(
            new ByteArrayInputStream(bytes) {
              @Override
              public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, atOnce));
              }
            })) {
      while (lines.next()) {
        found.add(
            new String(lines.bytes(), lines.start(), lines.length(), StandardCharsets.US_ASCII));
      }
    }
    return found;
  }
}
