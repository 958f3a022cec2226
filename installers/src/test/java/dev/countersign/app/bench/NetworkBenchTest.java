package dev.countersign.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run and every sale and product arrives; how fast is not for a test. */
class NetworkBenchTest {
  @TempDir Path folder;

  @Test
  void tillsThatSendAtOnceAreMeasuredAgainstRequestsThatDoNothing() throws Exception {
    Measured measured = ManyTills.measure(folder, 3, 1);
    assertThat(measured.value()).isPositive();
    assertThat(measured.floor()).isPositive();
  }

  @Test
  void aFirstSyncIsMeasuredAgainstACopyOfTheSnapshot() throws Exception {
    FirstSync.Both both = FirstSync.measure(folder, 50, 2);
    assertThat(both.sold().value()).isPositive();
    assertThat(both.sold().floor()).isPositive();
    assertThat(both.searched().value()).isGreaterThanOrEqualTo(both.sold().value());
  }

  @Test
  void anImportIsMeasuredAgainstPlainRows() throws Exception {
    var figure = CatalogueImports.measure(folder, 50, 2);
    assertThat(figure.value()).isPositive();
    assertThat(figure.floor()).isPositive();
  }
}
