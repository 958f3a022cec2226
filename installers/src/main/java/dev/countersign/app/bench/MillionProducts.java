package dev.countersign.app.bench;

import dev.countersign.app.bench.TillAtWork.Answer;
import dev.countersign.client.bench.ClosedTill;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a catalogue of 1,000,000 products costs a till at which somebody sells. */
public final class MillionProducts {
  private static final double MEBIBYTE = 1024 * 1024;

  private MillionProducts() {}

  /** Two figures of one run. */
  public record Pair(Measured first, Measured second) {}

  /**
   * What a scan took.
   *
   * @param settled at a till that has sold for a while, without the wait for the next pulse
   * @param whole the same with it
   * @param fresh the first ones after a start, without it
   */
  public record Scans(Measured settled, Measured whole, Measured fresh) {}

  /**
   * {@code scan.screen.1m}: a scan at the selling screen until its line is painted. The floor is
   * the ledger's lookup alone.
   *
   * @param products 1,000,000 for the figure of that name
   * @param fresh how many are the first ones
   * @param settled how many are measured after those
   */
  public static Scans scan(Path scratch, long products, int fresh, int settled) throws Exception {
    Answer answer = work(scratch, products, fresh + settled);
    long[] work = nanos(answer.work());
    long[] whole = nanos(answer.whole());
    long[] lookups = nanos(answer.lookups());
    int all = fresh + settled;
    long[] late = Arrays.copyOfRange(lookups, fresh, all);
    return new Scans(
        Measured.of(Arrays.copyOfRange(work, fresh, all), late),
        Measured.of(Arrays.copyOfRange(whole, fresh, all), late),
        Measured.of(Arrays.copyOf(work, fresh), Arrays.copyOf(lookups, fresh)));
  }

  /**
   * {@code memory.1m}: the most memory that the till's process had while somebody sold and
   * searched, then its heap after a collection at the end; both in MiB. The floor is the same till
   * with few products.
   *
   * @param products 1,000,000 for the figure of that name
   * @param few for the floor
   */
  public static Pair memory(Path scratch, long products, long few, int scans) throws Exception {
    Answer floor = work(scratch.resolve("few"), few, scans);
    Answer answer = work(scratch.resolve("many"), products, scans);
    return new Pair(
        mebibytes(answer.resident(), floor.resident()), mebibytes(answer.heap(), floor.heap()));
  }

  private static Answer work(Path scratch, long products, int scans) throws Exception {
    ClosedTill till = ClosedTill.make(scratch, products);
    return new TillProcess(scratch.resolve("errors.txt"))
        .answer(
            Answer.class,
            TillAtWork.class,
            till.folder().toString(),
            till.chest().toString(),
            Long.toString(products),
            Integer.toString(scans));
  }

  private static Measured mebibytes(long value, long floor) throws IOException {
    if (value <= 0 || floor <= 0) {
      throw new IOException("a process without memory");
    }
    return new Measured(value / MEBIBYTE, "MiB", floor / MEBIBYTE, 0);
  }

  private static long[] nanos(List<Long> times) {
    return times.stream().mapToLong(Long::longValue).toArray();
  }
}
