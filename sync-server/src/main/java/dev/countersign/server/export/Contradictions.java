package dev.countersign.server.export;

import dev.countersign.server.export.ExportReport.Contradiction;
import java.util.ArrayList;
import java.util.List;

/** Who says that the log was another: the first ones by name, the rest by number. */
final class Contradictions {
  private final List<Contradiction> first = new ArrayList<>();
  private long count;

  void add(Contradiction found) {
    if (count++ < ExportReport.Contradicted.TOLD) {
      first.add(found);
    }
  }

  ExportReport over(ExportReport.Sound rest) {
    return count == 0 ? rest : new ExportReport.Contradicted(rest, count, first);
  }
}
