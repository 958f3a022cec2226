package dev.countersign.common.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gzip in a fraction of the time, a tenth less well: for whoever waits for its end. */
public final class QuickGzip extends GZIPOutputStream {
  private static final int CHUNK = 64 * 1024;

  public QuickGzip(OutputStream out) throws IOException {
    super(out, CHUNK);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
