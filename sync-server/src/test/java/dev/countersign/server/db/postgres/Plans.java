package dev.countersign.server.db.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a plan of PostgreSQL says about the partitions that it touches. */
public final class Plans {
  private static final Pattern SCAN = Pattern.compile(".*Scan.* on (\\w+)_p(\\d+)( .*|$)");

  private Plans() {}

  /** Tables of which a plan that was run has touched more than one partition. */
  public static Set<String> touchingSeveral(List<String> ran) {
    Map<String, Set<String>> touched = new TreeMap<>();
    for (String line : ran) {
      Matcher scan = SCAN.matcher(line);
      if (scan.matches() && !line.contains("never executed")) {
        touched.computeIfAbsent(scan.group(1), _ -> new TreeSet<>()).add(scan.group(2));
      }
    }
    touched.values().removeIf(partitions -> partitions.size() == 1);
    return touched.keySet();
  }

  /**
   * Scans of a plan, for whatever parameters, that the tenant does not lead to one partition: their
   * conditions do not name it.
   */
  public static List<String> notLedByTheTenant(List<String> generic) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < generic.size(); i++) {
      if (SCAN.matcher(generic.get(i)).matches()) {
        boolean led = false;
        for (int j = i + 1; j < generic.size() && !generic.get(j).contains("->"); j++) {
          led |= generic.get(j).contains("tenant_id = ");
        }
        // The condition of a bitmap stands at the scan of the index below it.
        if (!led && !generic.get(i).contains("Bitmap Heap")) {
          found.add(generic.get(i).strip());
        }
      }
    }
    return found;
  }
}
