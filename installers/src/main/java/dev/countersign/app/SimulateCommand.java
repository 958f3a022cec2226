package dev.countersign.app;

import dev.countersign.app.simulate.Scale;
import dev.countersign.app.simulate.Simulation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lives through simulated worlds and says where one broke. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs tills, offices and a server in simulated worlds where networks, disks, clocks and power"
          + " fail, and compares the books with what people did.",
      "The same seed with the same days, tills and sales tells the same story."
    })
final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--seed", paramLabel = "N", description = "the first seed (default 1)")
  private long seed = 1;

  @Option(names = "--seeds", paramLabel = "COUNT", description = "how many seeds (default 1)")
  private int seeds = 1;

  @Option(names = "--days", paramLabel = "D", description = "days of each world (default 2)")
  private int days = Scale.small().days();

  @Option(names = "--tills", paramLabel = "T", description = "tills of each world (default 3)")
  private int tills = Scale.small().tills();

  @Option(names = "--sales", paramLabel = "S", description = "sales a till and day (default 6)")
  private int sales = Scale.small().salesADay();

  @Option(names = "--story", description = "tell the story also where nothing is wrong")
  private boolean story;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "where the simulated machines keep their files instead of the temporary folder")
  private @Nullable Path folder;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Scale scale = new Scale(days, tills, sales);
    int broken = 0;
    long start = System.nanoTime();
    try (Scratch scratch = Scratch.make("simulate", folder);
        Simulation simulation = Simulation.in(scratch.path())) {
      for (long each = seed; each < seed + seeds; each++) {
        Simulation.Outcome outcome = simulation.run(each, scale);
        if (story || !outcome.isSound()) {
          outcome.story().forEach(out::println);
        }
        if (!outcome.isSound()) {
          broken++;
          out.println(
              "seed "
                  + each
                  + " found something; the same again: countersign simulate"
                  + " --seed "
                  + each
                  + " --days "
                  + days
                  + " --tills "
                  + tills
                  + " --sales "
                  + sales);
        } else if (seeds == 1) {
          out.println("seed " + each + ": " + outcome.account());
        }
        out.flush();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        "%d seeds, %d with a finding, %.1f s, %.1f seeds a second%n",
        seeds, broken, seconds, seeds / seconds);
    out.flush();
    return broken == 0 ? 0 : 1;
  }
}
