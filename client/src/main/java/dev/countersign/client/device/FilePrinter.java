package dev.countersign.client.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes receipts to a file or to a printer's device file. In a plain file a receipt is either
 * whole and on the disk, or not there at all.
 */
public final class FilePrinter implements ReceiptPrinter {
  private final Path file;
  private final EscPosReceipt format;

  public FilePrinter(Path file, EscPosReceipt format) {
    this.file = file;
    this.format = format;
  }

  @Override
  public PrintOutcome print(Receipt receipt) {
    byte[] bytes = format.bytes(receipt);
    // A printer that is unplugged has no device file: none is made in its place.
    boolean device =
        Files.exists(file) ? !Files.isRegularFile(file) : file.toAbsolutePath().startsWith("/dev");
    try (FileChannel channel = open(device)) {
      if (device) {
        write(channel, bytes);
      } else {
        append(channel, bytes);
      }
      return new PrintOutcome.Printed();
    } catch (IOException e) {
      return new PrintOutcome.Failed("The receipt could not be written to " + file + ": " + e);
    }
  }

  private FileChannel open(boolean device) throws IOException {
    return device
        ? FileChannel.open(file, StandardOpenOption.WRITE)
        : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void append(FileChannel channel, byte[] bytes) throws IOException {
    long before = channel.size();
    channel.position(before);
    boolean whole = false;
    try {
      write(channel, bytes);
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        channel.truncate(before);
      }
    }
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
