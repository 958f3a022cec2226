package dev.countersign.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds that are lived through in every build; thousands more by {@code countersign simulate}. */
class SimulationTest {
  private static final Scale SMALL = new Scale(1, 2, 5);
  private static final int SEEDS = 200;

  @TempDir Path folder;

  @Test
  void nothingIsLostDoubledOrDivergesInAnyWorld() throws Exception {
    try (Simulation simulation = Simulation.in(folder)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        Simulation.Outcome outcome = simulation.run(seed, SMALL);
        assertThat(outcome.isSound()).as(() -> String.join("\n", outcome.story())).isTrue();
      }
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() throws Exception {
    try (Simulation simulation = Simulation.in(folder)) {
      for (long seed = 1; seed <= 5; seed++) {
        List<String> first = simulation.run(seed, Scale.small()).story();
        assertThat(simulation.run(seed, Scale.small()).story()).isEqualTo(first);
      }
    }
  }

  @Test
  void anotherSeedTellsAnotherStory() throws Exception {
    try (Simulation simulation = Simulation.in(folder)) {
      assertThat(simulation.run(1, SMALL).story()).isNotEqualTo(simulation.run(2, SMALL).story());
    }
  }
}
