package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/faults.md} to what it says: every fault there is shown by a test that runs. */
class FaultsListTest {
  /** How many faults each part of the list must have: none is dropped quietly. */
  private static final Map<String, Integer> PARTS =
      Map.of(
          "Transport", 15,
          "Crash and storage", 12,
          "Crypto and identity", 13,
          "Business", 13,
          "Isolation", 7,
          "Log", 9,
          "The oracle", 4);

  private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile(
          "((?:^  @[^\\n]*\\n(?:^      [^\\n]*\\n|^  \\}\\)\\n|^\\s+\\}\\)\\n)*)+)^  (?:public )?"
              + "[\\w<>?, ]+ (\\w+)\\(",
          Pattern.MULTILINE);
  private static final Set<String> RUNS =
      Set.of("@Test", "@ParameterizedTest", "@Property", "@Example", "@TestFactory");

  /** By the class's simple name, what runs in it. */
  private static final Map<String, Set<String>> TESTS = new HashMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    for (String module : List.of("common", "client", "sync-server", "installers")) {
      try (var files = Files.walk(root().resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          TESTS.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(tests(Files.readString(file)));
        }
      }
    }
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("docs")) ? here : here.getParent();
  }

  private static Set<String> tests(String source) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = TEST.matcher(source);
    while (matcher.find()) {
      List<String> annotations =
          matcher.group(1).lines().map(line -> line.strip().split("[ (]", 2)[0]).toList();
      if (annotations.stream().anyMatch(RUNS::contains) && !annotations.contains("@Disabled")) {
        found.add(matcher.group(2));
      }
    }
    return found;
  }

  private static Map<String, List<String>> parts() throws IOException {
    Map<String, List<String>> parts = new TreeMap<>();
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(root().resolve("docs").resolve("faults.md"))) {
      if (line.startsWith("## ")) {
        rows = parts.computeIfAbsent(line.substring(3), _ -> new ArrayList<>());
      }
      if (line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| fault |")) {
        rows.add(line);
      }
    }
    return parts;
  }

  @Test
  void everyFaultIsShownByATestThatRuns() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (List<String> rows : parts().values()) {
      for (String line : rows) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
          wrong.add("not a row of two: " + line);
          continue;
        }
        Matcher named = NAMED.matcher(row.group(2));
        boolean any = false;
        while (named.find()) {
          any = true;
          if (!TESTS.getOrDefault(named.group(1), Set.of()).contains(named.group(2))) {
            wrong.add("no such test: " + named.group());
          }
        }
        if (!any) {
          wrong.add("shown by nothing: " + row.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noFaultIsMissingFromTheList() throws IOException {
    Map<String, List<String>> parts = parts();
    assertThat(parts.keySet()).containsAll(PARTS.keySet());
    PARTS.forEach(
        (part, count) -> assertThat(parts.get(part)).as(part).hasSizeGreaterThanOrEqualTo(count));
  }

  @Test
  void whatDoesNotRunIsNotTakenForATest() {
    String source =
        """
        class Some {
          @Test
          void runs() {}

          @Test
          @Disabled
          void sleeps() {}

          void helps() {}

          @ParameterizedTest
          @ValueSource(
              strings = {
                "a",
                "b"
              })
          void runsOften(String with) {}

          @BeforeEach
          void begins() {}
        }
        """;
    assertThat(tests(source)).containsExactly("runs", "runsOften");
  }
}
