package dev.countersign.client.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes receipts into a plain file: each is either whole and on the disk, or not there at all. */
public final class FilePrinter implements ReceiptPrinter {
  private final Path file;
  private final EscPosReceipt format;

  public FilePrinter(Path file, EscPosReceipt format) {
    this.file = file;
    this.format = format;
  }

  @Override
  public PrintOutcome print(Receipt receipt) {
    return append(format.bytes(receipt));
  }

  @Override
  public PrintOutcome print(Slip slip) {
    return append(EscPosReceipt.joined(format.pieces(slip, false)));
  }

  private PrintOutcome append(byte[] bytes) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      append(channel, bytes);
      return new PrintOutcome.Printed(true);
    } catch (IOException e) {
      return new PrintOutcome.Failed(
          Trouble.NO_PORT, false, "could not be written to " + file + ": " + e);
    }
  }

  private static void append(FileChannel channel, byte[] bytes) throws IOException {
    long before = channel.size();
    channel.position(before);
    boolean whole = false;
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        channel.truncate(before);
      }
    }
  }
}
