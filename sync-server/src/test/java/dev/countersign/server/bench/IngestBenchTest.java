package dev.countersign.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run and take everything in; how fast is not for a test. */
class IngestBenchTest {
  @TempDir Path folder;

  @Test
  void ingestIsMeasuredAgainstItsFloor() throws Exception {
    Figure figure = IngestBench.ingest(folder, 300, 300);
    assertThat(figure.value()).isPositive();
    assertThat(figure.floor()).isPositive();
    assertThat(figure.bytesEach()).isBetween(365L, 1000L);
  }

  @Test
  void whatTillsSendTogetherIsMeasuredAgainstTheSameFloor() throws Exception {
    Figure figure = IngestBench.together(folder, 1, 1);
    assertThat(figure.value()).isPositive();
    assertThat(figure.floor()).isPositive();
    assertThat(figure.bytesEach()).isBetween(365L, 1000L);
  }

  @Test
  void growthIsMeasuredAgainstItsBeginning() throws Exception {
    Figure figure = IngestBench.growth(folder, 1_000, 10_000);
    assertThat(figure.value()).isPositive();
    assertThat(figure.floor()).isPositive();
  }

  @Test
  void verifyingIsMeasuredAgainstItsFloor() throws Exception {
    Figure figure = IngestBench.verify(folder, 300);
    assertThat(figure.value()).isPositive();
  }
}
