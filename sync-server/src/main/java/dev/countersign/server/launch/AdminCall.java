package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * How a command reaches the server that holds the data folder: over the loopback interface, with a
 * token from a file that only the server's own user can read. One request, then frames of what the
 * command prints, the last one its exit code.
 *
 * @param cwd the folder that relative paths are meant from
 * @param input what was typed for a command that reads a secret, or null
 */
record AdminCall(String token, String cwd, List<String> arguments, @Nullable String input) {
  private static final int LONGEST = 64 * 1024;

  AdminCall {
    arguments = arguments == null ? List.of() : List.copyOf(arguments);
  }

  /** What stands in the file; port and token of the running server. */
  record Whereabouts(int port, String token) {
    @Override
    public String toString() {
      return "Whereabouts[" + port + ", ••••]";
    }
  }

  /** Where a frame belongs. */
  enum Channel {
    OUT,
    ERR,
    EXIT
  }

  void send(DataOutputStream out) throws IOException {
    byte[] bytes = Json.encode(this);
    if (bytes.length > LONGEST) {
      throw new IOException("the command line is too long");
    }
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  static AdminCall receive(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("not a command");
    }
    try {
      return Json.decode(in.readNBytes(length), AdminCall.class);
    } catch (JacksonException e) {
      throw new IOException("not a command", e);
    }
  }

  static void sendFrame(DataOutputStream out, Channel channel, byte[] bytes) throws IOException {
    synchronized (out) {
      out.writeByte(channel.ordinal());
      out.writeInt(bytes.length);
      out.write(bytes);
      out.flush();
    }
  }

  /** Never the token, nor what was typed. */
  @Override
  public String toString() {
    return "AdminCall[••••, " + arguments + "]";
  }
}
