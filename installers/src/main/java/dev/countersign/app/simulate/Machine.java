package dev.countersign.app.simulate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The files of a simulated machine. What a crash leaves behind is what the files hold at that
 * moment: they are copied as they are, and the machine goes on from the copy. Used by one thread.
 */
final class Machine {
  /** Locks and shared memory belong to a process, not to what it leaves. */
  private static final Set<String> OF_THE_PROCESS = Set.of("lock", "attempt.lock", "admin.json");

  private final Path place;
  private final Disks disks;
  private int generation;
  private Disk disk;

  Machine(Path place, Disks disks) throws IOException {
    this.place = place;
    this.disks = disks;
    this.disk = disks.disk(Files.createDirectories(place.resolve("0")));
  }

  Path folder() {
    return disk.folder();
  }

  Disk disk() {
    return disk;
  }

  /** Puts a copy of the files aside, as they are now. */
  Path copy(String name) throws IOException {
    Path copy = place.resolve(name);
    remove(copy);
    copyTree(folder(), copy);
    return copy;
  }

  /** Puts the files of another machine here, where there are none. */
  void fill(Path copy) throws IOException {
    copyTree(copy, folder());
  }

  /** What a program of this machine does to let go of its files. */
  @FunctionalInterface
  interface LettingGo {
    void run() throws Exception;
  }

  /** The process is gone; the files stay as they are. */
  void crash(LettingGo lettingGo) throws Exception {
    Path left = next();
    copyTree(folder(), left);
    disk.clearAway();
    goOnFrom(left, lettingGo);
  }

  /** Somebody puts an older copy in the place of the files; the program has ended before. */
  void putBack(Path copy) throws Exception {
    Path from = next();
    copyTree(copy, from);
    goOnFrom(from, () -> {});
  }

  private Path next() {
    return place.resolve(Integer.toString(++generation));
  }

  private void goOnFrom(Path files, LettingGo lettingGo) throws Exception {
    Disk former = disk;
    lettingGo.run();
    disks.forget(former);
    remove(former.folder());
    disk = disks.disk(files);
  }

  static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes of)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            String name = file.getFileName().toString();
            if (!OF_THE_PROCESS.contains(name) && !name.endsWith("-shm")) {
              Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path done, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
