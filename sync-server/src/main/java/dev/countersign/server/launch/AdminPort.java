package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands for the running server from this machine; see {@link AdminCall}. */
final class AdminPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPort.class);
  private static final int TOKEN = 32;
  private static final int REQUEST_MILLIS = 5_000;
  private static final int BACKLOG = 16;

  private final ServerSocket socket;
  private final String token;
  private final Path file;
  private final Backroom backroom;

  private AdminPort(ServerSocket socket, String token, Path file, Backroom backroom) {
    this.socket = socket;
    this.token = token;
    this.file = file;
    this.backroom = backroom;
  }

  static AdminPort open(Backroom backroom, Surroundings surroundings) throws IOException {
    byte[] bytes = new byte[TOKEN];
    surroundings.random().nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Path file = DataFolder.adminFile(backroom.folder().root());
    try {
      PrivateFiles.write(
          file, Json.encode(new AdminCall.Whereabouts(socket.getLocalPort(), token)));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    AdminPort port = new AdminPort(socket, token, file, backroom);
    Thread.ofVirtual().name("admin").start(port::take);
    return port;
  }

  private void take() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("a command was not taken", e);
        }
      }
    }
  }

  private void answer(Socket caller) {
    try (caller;
        DataInputStream in = new DataInputStream(new BufferedInputStream(caller.getInputStream()));
        DataOutputStream out = new DataOutputStream(caller.getOutputStream())) {
      caller.setSoTimeout(REQUEST_MILLIS);
      AdminCall call = AdminCall.receive(in);
      boolean known =
          call.token() != null
              && call.cwd() != null
              && MessageDigest.isEqual(
                  token.getBytes(StandardCharsets.UTF_8),
                  call.token().getBytes(StandardCharsets.UTF_8));
      if (known) {
        run(call, out);
      }
    } catch (IOException e) {
      LOG.debug("a command was cut off", e);
    }
  }

  private void run(AdminCall call, DataOutputStream out) throws IOException {
    int exit;
    try (PrintWriter stdout = printer(out, AdminCall.Channel.OUT);
        PrintWriter stderr = printer(out, AdminCall.Channel.ERR)) {
      var reach = new Reach.Inside(backroom, Path.of(call.cwd()), call.input());
      exit =
          ServerCommand.commandLine(reach)
              .setOut(stdout)
              .setErr(stderr)
              .execute(call.arguments().toArray(String[]::new));
    }
    AdminCall.sendFrame(
        out, AdminCall.Channel.EXIT, Integer.toString(exit).getBytes(StandardCharsets.US_ASCII));
  }

  private static PrintWriter printer(DataOutputStream out, AdminCall.Channel channel) {
    return new PrintWriter(
        new OutputStreamWriter(new Frames(out, channel), StandardCharsets.UTF_8), true);
  }

  /** Sends what is printed, a frame per flush. */
  private static final class Frames extends OutputStream {
    private final DataOutputStream out;
    private final AdminCall.Channel channel;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    Frames(DataOutputStream out, AdminCall.Channel channel) {
      this.out = out;
      this.channel = channel;
    }

    @Override
    public void write(int one) {
      pending.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      pending.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (pending.size() > 0) {
        AdminCall.sendFrame(out, channel, pending.toByteArray());
        pending.reset();
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(file);
  }
}
