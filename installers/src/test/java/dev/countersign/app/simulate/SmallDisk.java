package dev.countersign.app.simulate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk of a few mebibytes under one folder: a file system in memory where this machine lets a
 * test mount one, else one whose faults are put before the database's driver.
 */
final class SmallDisk implements AutoCloseable {
  private static final int MEBIBYTES = 8;
  private static final int CHUNK = 4096;

  private final Path folder;
  private final @Nullable Disk injected;

  private SmallDisk(Path folder, @Nullable Disk injected) {
    this.folder = folder;
    this.injected = injected;
  }

  /** Under a folder that holds nothing yet. */
  static SmallDisk under(Path folder, Disks disks) throws Exception {
    Files.createDirectories(folder);
    boolean mounted =
        !Boolean.getBoolean("countersign.disks.injected")
            && run(
                List.of(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + MEBIBYTES + "m",
                    "tmpfs",
                    folder.toString()));
    SmallDisk disk = new SmallDisk(folder, mounted ? null : disks.disk(folder));
    System.out.println(folder.getFileName() + " is on " + disk.how());
    return disk;
  }

  /** For whoever reads what a test did. */
  String how() {
    return injected == null
        ? "a mounted file system of " + MEBIBYTES + " MiB"
        : "faults put before the driver";
  }

  boolean isMounted() {
    return injected == null;
  }

  /** Hardly a byte is left: room for so many pages, or so many writes where it is injected. */
  void fill(int room) throws IOException {
    Disk disk = injected;
    if (disk != null) {
      disk.plan(Disk.Fault.FULL, room);
      return;
    }
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(new byte[CHUNK]);
      }
    } catch (IOException e) {
      if (folder.toFile().getUsableSpace() > CHUNK) {
        throw e;
      }
    }
    try (FileChannel file = FileChannel.open(ballast(), StandardOpenOption.WRITE)) {
      file.truncate(Math.max(0, file.size() - (long) room * CHUNK));
    }
  }

  /** Somebody makes room. */
  void free() throws IOException {
    Disk disk = injected;
    if (disk != null) {
      disk.heal();
      return;
    }
    Files.delete(ballast());
  }

  /** Nobody may have a file open to write. */
  void readOnly() throws Exception {
    Disk disk = injected;
    if (disk != null) {
      disk.plan(Disk.Fault.READ_ONLY, 0);
    } else if (!run(List.of("mount", "-o", "remount,ro", folder.toString()))) {
      throw new IOException("somebody still writes in " + folder);
    }
  }

  void writable() throws Exception {
    Disk disk = injected;
    if (disk != null) {
      disk.heal();
    } else {
      run(List.of("mount", "-o", "remount,rw", folder.toString()));
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean run(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      // There is no such program here.
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    if (injected == null && !run(List.of("umount", folder.toString()))) {
      // A file is open that the test forgot; the mount goes when it is closed.
      run(List.of("umount", "-l", folder.toString()));
    }
  }
}
