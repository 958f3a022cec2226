package dev.countersign.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStyleTest {
  @Test
  void everySourceIsFormatted() throws IOException {
    var style = new SourceStyle(Repository.root());
    assertThat(style.sources()).hasSizeGreaterThan(10);
    // This is how './countersign format' rewrites them.
    if ("write".equals(System.getProperty("source.style"))) {
      style.write();
    }
    assertThat(style.unformatted()).as("files that './countersign format' would change").isEmpty();
  }

  @Test
  void everyMethodAndFileFitsOrSaysWhyNot() throws IOException {
    assertThat(new SourceStyle(Repository.root()).tooLong())
        .as("over %d or %d lines", SourceStyle.LONGEST_METHOD, SourceStyle.LONGEST_FILE)
        .isEmpty();
  }

  @Test
  void anUnformattedFileIsFound(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Tidy.java"), "class Tidy {}\n");
    Files.writeString(folder.resolve("Untidy.java"), "class Untidy\n{\n\tint a;}\n");
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("target").resolve("Generated.java"), "class  Generated{}");
    assertThat(new SourceStyle(folder).unformatted()).containsExactly("Untidy.java");

    new SourceStyle(folder).write();
    assertThat(new SourceStyle(folder).unformatted()).isEmpty();
    assertThat(folder.resolve("Untidy.java")).hasContent("class Untidy {\n  int a;\n}\n");
  }

  @Test
  void aLongMethodIsFoundUnlessItSaysWhy(@TempDir Path folder) throws IOException {
    var fits = method(SourceStyle.LONGEST_METHOD);
    var tooLong = method(SourceStyle.LONGEST_METHOD + 1);
    Files.writeString(folder.resolve("Fits.java"), "class Fits {\n" + fits + "}\n");
    Files.writeString(folder.resolve("Long.java"), "class Long {\n" + tooLong + "}\n");
    Files.writeString(
        folder.resolve("Excused.java"),
        "// Long because it is a table.\nclass Excused {\n" + tooLong + "}\n");
    assertThat(new SourceStyle(folder).tooLong()).containsExactly("Long.java count has 71 lines");
  }

  @Test
  void aLongFileIsFoundUnlessItSaysWhy(@TempDir Path folder) throws IOException {
    var filler = "\n".repeat(SourceStyle.LONGEST_FILE);
    Files.writeString(folder.resolve("Long.java"), "class Long {}\n" + filler);
    Files.writeString(
        folder.resolve("Excused.java"),
        "// Long because it is a table.\nclass Excused {}\n" + filler);
    assertThat(new SourceStyle(folder).tooLong()).containsExactly("Long.java has 401 lines");
  }

  private static String method(int lines) {
    return "  void count() {\n" + "    int a;\n".repeat(lines - 2) + "  }\n";
  }
}
