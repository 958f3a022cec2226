package dev.countersign.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.ProductItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class SnapshotSpoolTest {
  private static final FeedPage HEAD =
      new FeedPage(UUID.fromString("01a1ff1d-d577-72fe-a2c6-16137ad8f428"), 9, false, List.of());
  private static final int ITEMS = 1_300;

  private final SnapshotSpool spool = new SnapshotSpool();

  @Test
  void whatCameIsReadInItsOrder() throws IOException {
    List<Long> told = new ArrayList<>();
    spool.fill(new ByteArrayInputStream(snapshot("")), told::add);
    assertThat(told.getLast()).isEqualTo(ITEMS);
    List<UUID> seen = new ArrayList<>();
    spool.read(
        (head, items) -> {
          assertThat(head).isEqualTo(HEAD);
          items.forEachRemaining(item -> seen.add(item.id()));
        });
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, ITEMS).mapToObj(i -> new UUID(1, i)).toList());
  }

  @Test
  void aSnapshotThatIsCutOffIsNone() throws IOException {
    byte[] whole = snapshot("");
    for (int length = 0; length < whole.length; length += 1 + length / 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> spool.fill(new ByteArrayInputStream(cut), _ -> {}))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDamagedSnapshotIsFoundBeforeAnyOfItIsApplied() throws IOException {
    byte[] damaged = snapshot("");
    damaged[damaged.length / 2] ^= 1;
    assertThatThrownBy(() -> spool.fill(new ByteArrayInputStream(damaged), _ -> {}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> spool.fill(new ByteArrayInputStream(Json.encode(HEAD)), _ -> {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLineThatIsNoItemReachesWhoTakesThem() throws IOException {
    spool.fill(new ByteArrayInputStream(snapshot("nonsense\n")), _ -> {});
    assertThatThrownBy(() -> spool.read((_, items) -> items.forEachRemaining(_ -> {})))
        .isInstanceOf(JacksonException.class);
  }

  private static byte[] snapshot(String end) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Json.encode(HEAD));
      out.write('\n');
      for (int i = 0; i < ITEMS; i++) {
        ProductItem gin =
            new ProductItem(Integer.toString(i), "Gin", "", "", i, List.of(), List.of());
        out.write(Json.encode(FeedItem.of(i + 1, new UUID(1, i), gin)));
        out.write('\n');
      }
      out.write(end.getBytes(StandardCharsets.US_ASCII));
    }
    return packed.toByteArray();
  }
}
