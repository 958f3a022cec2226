package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.bench.ColdStart;
import dev.countersign.app.bench.Measured;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till's program is started as a whole and measured; how fast is not for a test. */
class TillProgramsTest {
  @TempDir Path temp;

  @Test
  void aStartIsMeasuredUntilThePinPadIsPainted() throws Exception {
    Measured measured = ColdStart.measure(temp, Countersign.class, 2);
    assertThat(measured.value()).isPositive();
    assertThat(measured.floor()).isPositive();
  }
}
