package dev.countersign.app;

import dev.countersign.app.bench.CatalogueImports;
import dev.countersign.app.bench.ColdStart;
import dev.countersign.app.bench.FirstSync;
import dev.countersign.app.bench.ManyTills;
import dev.countersign.app.bench.Measured;
import dev.countersign.app.bench.MillionProducts;
import dev.countersign.client.bench.ShiftBench;
import dev.countersign.client.bench.TillBench;
import dev.countersign.common.json.Json;
import dev.countersign.server.bench.IngestBench;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, each figure beside a floor from the same run: machines are noisy, ratios less so. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures on this machine; with no KEY everything. Keys: sale.complete, barcode.lookup.1m,"
          + " search.1m, shift.close.1000, coldstart, memory.1m, scan.screen.1m, ingest.sqlite,"
          + " ingest.1000tills, growth.ingest, verify.export, firstsync.100k, import.100k.",
      "memory.1m prints the heap after a collection as well, scan.screen.1m the whole time with the"
          + " wait for the screen's next pulse and the first scans after a start, ingest.sqlite"
          + " what eight tills together come to, firstsync.100k the time until every word is in the"
          + " index.",
      "Each figure stands beside a floor that is measured in turns with it."
    })
final class BenchCommand implements Callable<Integer> {
  /** Enough for a steady median; the whole set ends within a few minutes on two cores. */
  private static final int SALES = 3_000;

  /** The first of them is not counted. */
  private static final int SYNCS = 8;

  private static final int SHIFT_SALES = 1_000;
  private static final int SHIFTS = 15;
  private static final int LOOKUPS = 20_000;
  private static final int SEARCHES = 2_000;
  private static final int STARTS = 12;

  /** With the sixty that warm up the first three hundred of a till's day. */
  private static final int FIRST_SCANS = 240;

  private static final int SCANS = 300;

  /** What a till keeps of each sale is seen after forty. */
  private static final int SCANS_TO_FILL = 600;

  /** Of a busy till in some ten years, and of one in its first week. */
  private static final long GROWN_SALES = 5_000_000;

  private static final long FEW_SALES = 5_000;

  private static final long PRODUCTS = 1_000_000;

  /** As many as a kiosk has. */
  private static final long FLOOR_PRODUCTS = 1_000;

  private static final int INGESTED = 100_000;
  private static final int TILLS = 1_000;
  private static final int SECONDS = 20;
  private static final int SYNCED = 100_000;

  /** With so many stored the floor of {@code growth.ingest} is measured. */
  private static final int FEW = 250_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "KEY", arity = "0..*", description = "what to measure")
  private List<String> keys = List.of();

  @Option(names = "--json", description = "end with one line, a JSON object of all figures")
  private boolean json;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "measure on the disk of this folder instead of the temporary one's")
  private @Nullable Path folder;

  @Option(
      names = "--grown",
      paramLabel = "SALES",
      description =
          "to how many sales growth.ingest grows, against 250,000; at least three times as many"
              + " (default: ${DEFAULT-VALUE})")
  private int grown = 2_500_000;

  /**
   * One figure as it is printed.
   *
   * @param floor in the same unit
   * @param ratio for a time: how many times the floor it takes; for a rate: which part of the floor
   *     it reaches
   * @param p99 in microseconds; 0 for what is no time
   */
  record Figure(double value, String unit, double floor, double ratio, double p99) {
    static Figure of(dev.countersign.client.bench.Figure figure) {
      return new Figure(
          rounded(figure.median()),
          "µs",
          rounded(figure.floor()),
          rounded(figure.ratio()),
          rounded(figure.p99()));
    }

    static Figure of(dev.countersign.server.bench.Figure figure) {
      return new Figure(
          rounded(figure.value()),
          figure.unit(),
          rounded(figure.floor()),
          rounded(figure.ratio()),
          rounded(figure.p99()));
    }

    static Figure of(Measured measured) {
      return new Figure(
          rounded(measured.value()),
          measured.unit(),
          rounded(measured.floor()),
          rounded(measured.value() / measured.floor()),
          rounded(measured.p99()));
    }

    private static double rounded(double value) {
      return Math.round(value * 1000) / 1000.0;
    }
  }

  /** A figure under its name. */
  private record Told(String key, Figure figure) {}

  /** Measures one key in an empty folder; of some runs there is more to tell than one figure. */
  private interface Bench {
    List<Told> run(Path scratch) throws Exception;
  }

  private interface OneFigure {
    Figure run(Path scratch) throws Exception;
  }

  private static void put(Map<String, Bench> benches, String key, OneFigure bench) {
    benches.put(key, scratch -> List.of(new Told(key, bench.run(scratch))));
  }

  private static List<Told> both(String first, String second, MillionProducts.Pair pair) {
    return List.of(
        new Told(first, Figure.of(pair.first())), new Told(second, Figure.of(pair.second())));
  }

  private static List<Told> scans(Path scratch) throws Exception {
    MillionProducts.Scans scans = MillionProducts.scan(scratch, PRODUCTS, FIRST_SCANS, SCANS);
    return List.of(
        new Told("scan.screen.1m", Figure.of(scans.settled())),
        new Told("scan.screen.1m.whole", Figure.of(scans.whole())),
        new Told("scan.screen.1m.fresh", Figure.of(scans.fresh())));
  }

  private static List<Told> firstSync(Path scratch) throws Exception {
    FirstSync.Both both = FirstSync.measure(scratch, SYNCED, SYNCS);
    return List.of(
        new Told("firstsync.100k", Figure.of(both.sold())),
        new Told("firstsync.100k.searchable", Figure.of(both.searched())));
  }

  private Map<String, Bench> benches() {
    Map<String, Bench> all = new LinkedHashMap<>();
    put(all, "sale.complete", scratch -> Figure.of(TillBench.saleComplete(scratch, SALES)));
    put(
        all,
        "sale.complete.5m",
        scratch -> Figure.of(TillBench.saleCompleteGrown(scratch, GROWN_SALES, FEW_SALES, SALES)));
    put(
        all,
        "barcode.lookup.1m",
        scratch -> Figure.of(TillBench.barcodeLookup(scratch, PRODUCTS, LOOKUPS)));
    put(all, "search.1m", scratch -> Figure.of(TillBench.search(scratch, PRODUCTS, SEARCHES)));
    put(
        all,
        "shift.close.1000",
        scratch -> Figure.of(ShiftBench.close(scratch, SHIFT_SALES, SHIFTS)));
    put(
        all,
        "coldstart",
        scratch -> Figure.of(ColdStart.measure(scratch, Countersign.class, STARTS)));
    all.put(
        "memory.1m",
        scratch ->
            both(
                "memory.1m",
                "memory.1m.heap",
                MillionProducts.memory(scratch, PRODUCTS, FLOOR_PRODUCTS, SCANS_TO_FILL)));
    all.put("scan.screen.1m", BenchCommand::scans);
    all.put(
        "ingest.sqlite",
        scratch ->
            List.of(
                new Told(
                    "ingest.sqlite",
                    Figure.of(IngestBench.ingest(scratch.resolve("one"), INGESTED, INGESTED))),
                new Told(
                    "ingest.sqlite.together",
                    Figure.of(IngestBench.together(scratch.resolve("many"), INGESTED, INGESTED)))));
    put(all, "ingest.1000tills", scratch -> Figure.of(ManyTills.measure(scratch, TILLS, SECONDS)));
    put(all, "growth.ingest", scratch -> Figure.of(IngestBench.growth(scratch, FEW, grown)));
    put(all, "verify.export", scratch -> Figure.of(IngestBench.verify(scratch, INGESTED)));
    all.put("firstsync.100k", BenchCommand::firstSync);
    put(all, "import.100k", scratch -> Figure.of(CatalogueImports.measure(scratch, SYNCED, 4)));
    return all;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Bench> benches = benches();
    for (String key : keys) {
      if (!benches.containsKey(key)) {
        throw new ParameterException(
            spec.commandLine(), "there is no benchmark " + key + ", only " + benches.keySet());
      }
    }
    if (grown < 3 * FEW) {
      throw new ParameterException(
          spec.commandLine(), "--grown needs at least " + 3 * FEW + " sales");
    }
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (Map.Entry<String, Bench> bench : benches.entrySet()) {
      if (keys.isEmpty() || keys.contains(bench.getKey())) {
        try (Scratch scratch = Scratch.make("bench", folder)) {
          for (Told told : bench.getValue().run(scratch.path())) {
            figures.put(told.key(), told.figure());
            print(out, told);
          }
        }
      }
    }
    if (json) {
      out.println(new String(Json.encode(figures), StandardCharsets.UTF_8));
    }
    return 0;
  }

  private static void print(PrintWriter out, Told told) {
    Figure figure = told.figure();
    out.printf(
        "%-22s %,14.1f %-10s floor %,14.1f  ratio %.3f",
        told.key(), figure.value(), figure.unit(), figure.floor(), figure.ratio());
    if (figure.p99() > 0) {
      out.printf("  p99 %,.0f µs", figure.p99());
    }
    out.println();
    out.flush();
  }
}
