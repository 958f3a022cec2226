package dev.countersign.client.port;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A device file of the system, such as {@code /dev/usb/lp0}. It only leads to the device: what a
 * printer would say cannot be read from such a file without holding it for as long as it is silent.
 */
public final class FileLine implements DeviceLine {
  private final FileChannel channel;
  private final Writer writer;

  private FileLine(FileChannel channel, Writer writer) {
    this.channel = channel;
    this.writer = writer;
  }

  /**
   * @throws NoSuchFileException when there is none: a printer that is unplugged has no file, and
   *     none is made in its place
   */
  public static FileLine to(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    return new FileLine(
        channel,
        new Writer(
            "device file",
            (bytes, offset, length) -> {
              ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
              while (rest.hasRemaining()) {
                channel.write(rest);
              }
            }));
  }

  @Override
  public int write(byte[] bytes, int offset, int length, Duration patience) throws IOException {
    return writer.write(bytes, offset, length, patience);
  }

  @Override
  public int read(Duration patience) {
    return NOTHING;
  }

  @Override
  public boolean answers() {
    return false;
  }

  @Override
  public void finish(Duration patience) {
    // the driver took every byte, or write said otherwise
  }

  @Override
  public void close() {
    writer.close();
    Closing.quietly(channel);
  }
}
