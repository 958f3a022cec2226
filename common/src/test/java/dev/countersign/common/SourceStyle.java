package dev.countersign.common;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;

/** What is wrong with the layout of the sources under a folder. */
final class SourceStyle {
  static final int LONGEST_METHOD = 70;
  static final int LONGEST_FILE = 400;

  private static final String EXCUSE = "// Long because";
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");

  private final Path root;
  private final List<Path> sources;

  SourceStyle(Path root) throws IOException {
    this.root = root;
    this.sources = javaFiles(root);
  }

  List<Path> sources() {
    return sources;
  }

  /** The files that the formatter would change, relative to the root. */
  List<String> unformatted() {
    return format("--dry-run").lines().map(file -> relative(Path.of(file))).sorted().toList();
  }

  /** Rewrites the files that are not formatted. */
  void write() {
    format("--replace");
  }

  private String format(String action) {
    if (sources.isEmpty()) {
      return "";
    }
    var formatter =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow(() -> new IllegalStateException("the formatter is not on the class path"));
    var arguments = new ArrayList<>(List.of(action));
    sources.forEach(file -> arguments.add(file.toString()));
    var changed = new StringWriter();
    var complaints = new StringWriter();
    int exit =
        formatter.run(
            new PrintWriter(changed, true),
            new PrintWriter(complaints, true),
            arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("the formatter failed: " + complaints);
    }
    return changed.toString();
  }

  /** Files and methods over their limits, in files that give no reason for it. */
  List<String> tooLong() throws IOException {
    var found = new ArrayList<String>();
    var unexcused = new ArrayList<Path>();
    for (var file : sources) {
      var lines = Files.readAllLines(file);
      if (lines.stream().anyMatch(line -> line.strip().startsWith(EXCUSE))) {
        continue;
      }
      unexcused.add(file);
      if (lines.size() > LONGEST_FILE) {
        found.add(relative(file) + " has " + lines.size() + " lines");
      }
    }
    found.addAll(longMethods(unexcused));
    return found;
  }

  private List<String> longMethods(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  _ -> {},
                  List.of(),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      var found = new ArrayList<String>();
      for (var unit : task.parse()) {
        new MethodLengths(Trees.instance(task), unit, found).scan(unit, null);
      }
      return found;
    }
  }

  private final class MethodLengths extends TreeScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final List<String> found;

    MethodLengths(Trees trees, CompilationUnitTree unit, List<String> found) {
      this.trees = trees;
      this.unit = unit;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      var positions = trees.getSourcePositions();
      long start = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      if (end > start) {
        var lines = unit.getLineMap();
        long length = lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
        if (length > LONGEST_METHOD) {
          found.add(
              relative(Path.of(unit.getSourceFile().toUri()))
                  + " "
                  + method.getName()
                  + " has "
                  + length
                  + " lines");
        }
      }
      return super.visitMethod(method, nothing);
    }
  }

  private String relative(Path file) {
    return root.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean demoStore = folder.equals(root.resolve("demo"));
            boolean built = NOT_SOURCES.contains(folder.getFileName().toString());
            return !folder.equals(root) && (built || demoStore)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file.toAbsolutePath());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files.stream().sorted().toList();
  }
}
