package dev.countersign.client.port;

import java.io.IOException;
import java.time.Duration;

/**
 * An open way to a device. Every wait is bounded by what the caller says and is for
 * <em>progress</em>: a device that takes a byte now and then is slow, one that takes none is stuck.
 * Used by one thread at a time.
 */
public interface DeviceLine extends AutoCloseable {
  /** What {@link #read} gives when nothing came in time. */
  int NOTHING = -1;

  /**
   * Hands bytes over until all are taken or none was for so long.
   *
   * @param patience for one more byte to be taken, not for all of them
   * @return how many of {@code length} were taken
   * @throws IOException when the way is broken
   */
  int write(byte[] bytes, int offset, int length, Duration patience) throws IOException;

  /**
   * The next byte that the device said, 0 to 255, or {@link #NOTHING}.
   *
   * @throws IOException when the way is broken or the device hung up
   */
  int read(Duration patience) throws IOException;

  /** False for a way that only leads to the device: it cannot be asked how it is. */
  boolean answers();

  /**
   * Nothing more will be written: waits until the device has what was, as far as this way can tell.
   *
   * @throws IOException when it is known that the device did not get all
   */
  void finish(Duration patience) throws IOException;

  /** Ends the way; never blocks for long, also while another thread is in a call. */
  @Override
  void close();
}
