package dev.countersign.client.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something on a terminal's port that says the same to everybody. */
final class OtherTerminal implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

  private final ServerSocket server;

  /**
   * @param answer with {@code %s} where the key that was asked stands
   */
  OtherTerminal(String answer) throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> answer(answer));
  }

  private void answer(String answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          var in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        Matcher key = KEY.matcher(in.readLine());
        String asked = key.find() ? key.group(1) : "";
        socket
            .getOutputStream()
            .write(answer.replace("%s", asked).getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // Closed, or the till hung up.
      }
    }
  }

  String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
