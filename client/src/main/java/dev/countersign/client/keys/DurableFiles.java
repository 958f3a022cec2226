package dev.countersign.client.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** Small private files that are either the old or the new ones after a power cut, never half. */
final class DurableFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private DurableFiles() {}

  static void createPrivateDirectory(Path directory) throws IOException {
    Files.createDirectories(directory, attributes("rwx------"));
  }

  /** Makes an empty file; one that is there is an error. */
  static void createPrivateFile(Path file) throws IOException {
    Files.createFile(file, attributes("rw-------"));
  }

  /** Writes beside, syncs, renames over, and syncs the directory that holds the name. */
  static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes("rw-------"))) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    rename(fresh, file);
  }

  /** Puts one file in the place of another; its content is on the disk before its name is. */
  static void moveOver(Path fresh, Path file) throws IOException {
    try (FileChannel content = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      content.force(true);
    }
    rename(fresh, file);
  }

  private static void rename(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file);
  }

  static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(file);
    }
  }

  private static void syncDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    // Windows cannot open a directory and orders the rename in its journal by itself.
    if (POSIX && directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
