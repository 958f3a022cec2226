package dev.countersign.client.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network: passes bytes on, and cuts connections where a test says. */
final class Proxy implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile long upLimit = Long.MAX_VALUE;
  private volatile long downLimit = Long.MAX_VALUE;
  private volatile boolean down;

  Proxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "https://127.0.0.1:" + listening.getLocalPort();
  }

  /** Every connection ends after so many bytes from the client. */
  void cutUpAfter(long bytes) {
    upLimit = bytes;
  }

  /** Every connection ends after so many bytes from the server. */
  void cutDownAfter(long bytes) {
    downLimit = bytes;
  }

  void heal() {
    upLimit = Long.MAX_VALUE;
    downLimit = Long.MAX_VALUE;
    down = false;
  }

  /** Takes connections and drops them at once. */
  void goDown() {
    down = true;
    sockets.forEach(Proxy::end);
  }

  void leadTo(int port) {
    target = port;
    sockets.forEach(Proxy::end);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (down) {
          client.close();
          continue;
        }
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        sockets.add(client);
        sockets.add(server);
        pass(client, server, upLimit);
        pass(server, client, downLimit);
      } catch (IOException _) {
        // the test goes on or ends
      }
    }
  }

  private static void pass(Socket from, Socket to, long limit) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] chunk = new byte[8192];
                long left = limit;
                for (int n = in.read(chunk); n >= 0 && left > 0; n = in.read(chunk)) {
                  int count = (int) Math.min(n, left);
                  out.write(chunk, 0, count);
                  out.flush();
                  left -= count;
                  if (left == 0) {
                    break;
                  }
                }
              } catch (IOException _) {
                // cut from one of the sides
              } finally {
                end(from);
                end(to);
              }
            });
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // is closed anyway
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    sockets.forEach(Proxy::end);
  }
}
