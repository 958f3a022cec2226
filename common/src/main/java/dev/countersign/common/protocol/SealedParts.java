package dev.countersign.common.protocol;

import dev.countersign.common.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The file that a wiped device leaves until the server has taken it: whom it is for, in clear, and
 * the sealed parts. {@code "CSW1"}, then the head's JSON and each part behind their lengths as four
 * bytes, high byte first, nothing behind.
 */
public record SealedParts(Head head, List<byte[]> parts) {
  /** The name that the file has in a device's folder. */
  public static final String FILE = "unsent.sealed";

  private static final byte[] MAGIC = "CSW1".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEAD = 4 * 1024;

  /** Sealed, a batch at its largest and what sealing adds. */
  public static final int LONGEST_PART = Limits.BATCH_BYTES + 4 * 1024;

  public SealedParts {
    parts = List.copyOf(parts);
  }

  /**
   * Whom it is for.
   *
   * @param server base address of the server
   * @param pin of its certificate, or null
   * @param serverKey what it signs with, base64: leads to a certificate that came later; null in a
   *     file of before
   * @param sales how many sales are inside
   */
  public record Head(
      UUID order,
      UUID tenant,
      UUID device,
      String server,
      @Nullable String pin,
      @Nullable String serverKey,
      long sales) {}

  /** The file's bytes. */
  public byte[] encode() {
    byte[] first = Json.encode(head);
    int length = MAGIC.length + Integer.BYTES + first.length;
    for (byte[] part : parts) {
      length = Math.addExact(length, Integer.BYTES + part.length);
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(MAGIC);
    out.putInt(first.length).put(first);
    for (byte[] part : parts) {
      out.putInt(part.length).put(part);
    }
    return out.array();
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it is not the one form that {@link #encode()} gives
   */
  public static SealedParts decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < magic.length) {
      throw new IllegalArgumentException("too short for sealed parts");
    }
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException("not sealed parts of version 1");
    }
    Head head;
    try {
      head = Json.decode(field(in, LONGEST_HEAD), Head.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a head that cannot be read", e);
    }
    if (isIncomplete(head)) {
      throw new IllegalArgumentException("a head without whom it is for");
    }
    List<byte[]> parts = new ArrayList<>();
    while (in.hasRemaining()) {
      parts.add(field(in, LONGEST_PART));
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no part inside");
    }
    return new SealedParts(head, parts);
  }

  /** JSON may leave out what the types promise. */
  private static boolean isIncomplete(Head head) {
    return head.order() == null
        || head.tenant() == null
        || head.device() == null
        || head.server() == null;
  }

  private static byte[] field(ByteBuffer in, int max) {
    if (in.remaining() < Integer.BYTES) {
      throw new IllegalArgumentException("cut off");
    }
    int length = in.getInt();
    if (length < 0 || length > max || length > in.remaining()) {
      throw new IllegalArgumentException("a part that does not fit");
    }
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }
}
