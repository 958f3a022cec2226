package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.server.config.DataFolder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** How a command comes by the data of a server. */
sealed interface Reach {
  /** What a command does once it has the data. */
  @FunctionalInterface
  interface Task {
    int run(Backroom backroom, Path cwd) throws Exception;
  }

  /** Where a command prints, and its own words, for when another process has to run it. */
  record Caller(PrintWriter out, PrintWriter err, List<String> arguments, @Nullable String input) {
    /** Never what was typed. */
    @Override
    public String toString() {
      return "Caller[" + arguments + "]";
    }
  }

  /** What is typed for a command that asks for a secret; never part of its arguments. */
  String input() throws IOException;

  /** Runs a task on the folder and returns its exit code. */
  int run(Path data, Caller caller, Task task) throws Exception;

  /** Inside the running server: the data is open already. */
  record Inside(Backroom backroom, Path cwd, @Nullable String typed) implements Reach {
    @Override
    public String input() {
      return typed == null ? "" : typed;
    }

    /** Never what was typed. */
    @Override
    public String toString() {
      return "Inside[" + cwd + "]";
    }

    @Override
    public int run(Path data, Caller caller, Task task) throws Exception {
      return task.run(backroom, cwd);
    }
  }

  /**
   * From a shell: opens the folder when nobody has it, and hands the command to the server that has
   * it otherwise.
   */
  record Outside(Surroundings surroundings) implements Reach {
    private static final int LONGEST_INPUT = 8 * 1024;

    /** One line of standard input, or all of it, without the end of the line. */
    @Override
    public String input() throws IOException {
      byte[] bytes = System.in.readNBytes(LONGEST_INPUT + 1);
      if (bytes.length > LONGEST_INPUT) {
        throw new IOException("What was typed is too long.");
      }
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public int run(Path data, Caller caller, Task task) throws Exception {
      Backroom opened;
      try {
        opened = open(data);
      } catch (DataFolder.BusyException busy) {
        return handOver(data, caller, busy);
      }
      try (opened) {
        return task.run(opened, Path.of("").toAbsolutePath());
      }
    }

    private Backroom open(Path data) throws IOException, SQLException {
      return Backroom.open(data, surroundings);
    }

    private static int handOver(Path data, Caller caller, DataFolder.BusyException busy)
        throws IOException {
      AdminCall.Whereabouts server = whereabouts(data, busy);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          DataInputStream in = new DataInputStream(socket.getInputStream())) {
        String cwd = Path.of("").toAbsolutePath().toString();
        new AdminCall(server.token(), cwd, caller.arguments(), caller.input()).send(out);
        return print(in, caller);
      } catch (EOFException e) {
        throw new IOException("The running server did not carry the command out.", e);
      } catch (java.net.ConnectException e) {
        // The file is of a server that was killed; another command has the folder.
        busy.addSuppressed(e);
        throw busy;
      }
    }

    private static AdminCall.Whereabouts whereabouts(Path data, DataFolder.BusyException busy)
        throws IOException {
      Path file = DataFolder.adminFile(data);
      if (!Files.exists(file)) {
        throw busy;
      }
      try {
        return Json.decode(Files.readAllBytes(file), AdminCall.Whereabouts.class);
      } catch (JacksonException e) {
        busy.addSuppressed(e);
        throw busy;
      }
    }

    private static int print(DataInputStream in, Caller caller) throws IOException {
      while (true) {
        int channel = in.readUnsignedByte();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        switch (AdminCall.Channel.values()[channel]) {
          case OUT -> caller.out().print(text);
          case ERR -> caller.err().print(text);
          case EXIT -> {
            caller.out().flush();
            caller.err().flush();
            return Integer.parseInt(text);
          }
        }
      }
    }
  }
}
