package dev.countersign.client.sync;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A network of TCP over loopback: passes bytes on between tills and a server, and does to them what
 * a test says, to the byte. What is said counts for connections that begin afterwards; ends of the
 * network count at once. Safe for any thread.
 */
final class Proxy implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int CHUNK = 8192;

  /**
   * What happens to a connection.
   *
   * @param cutUp it ends after so many bytes from the client
   * @param cutDown it ends after so many bytes from the server
   * @param flipUp one bit of this byte from the client is turned, counted from 0
   * @param flipDown the same of the server
   * @param piece so many bytes pass at once, then a pause; 0 for as they come
   * @param holdsRequests what comes after the handshake waits until {@link #release}
   * @param doubles what the client sends goes to the server on a second connection as well
   */
  private record Weather(
      long cutUp,
      long cutDown,
      long flipUp,
      long flipDown,
      int piece,
      Duration pause,
      boolean holdsRequests,
      boolean doubles) {
    static final Weather FINE =
        new Weather(NEVER, NEVER, NEVER, NEVER, 0, Duration.ZERO, false, false);
  }

  /** What was seen of a connection, in bytes. */
  static final class Seen {
    private volatile long up;
    private volatile long down;
    private volatile long requestBegan = -1;
    private volatile long answerBegan = -1;

    /** From the client altogether. */
    long up() {
      return up;
    }

    long down() {
      return down;
    }

    /** Where in what the client sent the first request begins, behind the handshake. */
    long requestBegan() {
      return requestBegan;
    }

    /** Where in what the server sent its answer begins, or a little before. */
    long answerBegan() {
      return answerBegan;
    }
  }

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Held> held = new CopyOnWriteArrayList<>();
  private final int port;
  private volatile ServerSocket listening;
  private volatile int target;
  private volatile Weather weather = Weather.FINE;
  private volatile boolean down;
  private volatile boolean silent;
  private volatile Seen last = new Seen();

  Proxy(int target) throws IOException {
    this.target = target;
    this.listening = listen(0);
    this.port = listening.getLocalPort();
  }

  private ServerSocket listen(int on) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on), 50);
    Thread.ofVirtual().start(() -> accept(socket));
    return socket;
  }

  String url() {
    return "https://127.0.0.1:" + port;
  }

  /** Every connection ends after so many bytes from the client. */
  void cutUpAfter(long bytes) {
    weather = new Weather(bytes, NEVER, NEVER, NEVER, 0, Duration.ZERO, false, false);
  }

  /** Every connection ends after so many bytes from the server. */
  void cutDownAfter(long bytes) {
    weather = new Weather(NEVER, bytes, NEVER, NEVER, 0, Duration.ZERO, false, false);
  }

  /** A bit of this byte from the client is another one when it arrives. */
  void damageUpAt(long at) {
    weather = new Weather(NEVER, NEVER, at, NEVER, 0, Duration.ZERO, false, false);
  }

  void damageDownAt(long at) {
    weather = new Weather(NEVER, NEVER, NEVER, at, 0, Duration.ZERO, false, false);
  }

  /** Both ways so many bytes at once, and a pause between them. */
  void slow(int piece, Duration pause) {
    weather = new Weather(NEVER, NEVER, NEVER, NEVER, piece, pause, false, false);
  }

  /** Requests stay on the way, also when the client has given up; handshakes pass. */
  void holdRequests() {
    weather = new Weather(NEVER, NEVER, NEVER, NEVER, 0, Duration.ZERO, true, false);
  }

  /** What was held arrives. */
  void release() throws Exception {
    for (Held each : held) {
      each.arrive();
    }
    held.clear();
  }

  /** Every byte from the client arrives on two connections. */
  void doubleRequests() {
    weather = new Weather(NEVER, NEVER, NEVER, NEVER, 0, Duration.ZERO, false, true);
  }

  /** Takes connections and says nothing. */
  void fallSilent() {
    silent = true;
    sockets.forEach(Proxy::end);
  }

  /** Nobody listens: connections are refused. */
  void refuse() throws IOException {
    listening.close();
    sockets.forEach(Proxy::end);
  }

  /** Everything passes again. */
  void heal() throws IOException {
    weather = Weather.FINE;
    down = false;
    silent = false;
    sockets.forEach(Proxy::end);
    if (listening.isClosed()) {
      listening = listen(port);
    }
  }

  /** Takes connections and drops them at once. */
  void goDown() {
    down = true;
    sockets.forEach(Proxy::end);
  }

  void leadTo(int newTarget) {
    target = newTarget;
    sockets.forEach(Proxy::end);
  }

  /** Of the last connection that was passed on. */
  Seen last() {
    return last;
  }

  private void accept(ServerSocket on) {
    while (!on.isClosed()) {
      try {
        Socket client = on.accept();
        if (down) {
          client.close();
          continue;
        }
        sockets.add(client);
        if (!silent) {
          pass(client, weather);
        }
      } catch (IOException _) {
        // the test goes on or ends
      }
    }
  }

  private Socket toServer() throws IOException {
    Socket server = new Socket();
    server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    sockets.add(server);
    return server;
  }

  private void pass(Socket client, Weather how) throws IOException {
    Socket server = toServer();
    Socket second = how.doubles() ? toServer() : null;
    Seen seen = new Seen();
    last = seen;
    Thread.ofVirtual().start(() -> up(client, server, second, how, seen));
    Thread.ofVirtual().start(() -> down(server, client, how, seen));
  }

  private void up(Socket from, Socket to, @Nullable Socket second, Weather how, Seen seen) {
    Records records = new Records();
    Held waiting = new Held(to, seen);
    boolean hold = false;
    try {
      InputStream in = from.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        int request = records.requestIn(chunk, n);
        if (request >= 0) {
          seen.requestBegan = seen.up + request;
          seen.answerBegan = seen.down;
        }
        int passing = (int) Math.min(n, how.cutUp() - seen.up);
        damage(chunk, how.flipUp() - seen.up, n);
        if (how.holdsRequests() && (hold || request >= 0)) {
          int kept = hold ? 0 : request;
          waiting.add(chunk, kept, n - kept);
          passing = kept;
          hold = true;
        }
        write(to, chunk, passing, how);
        if (second != null) {
          write(second, chunk, passing, how);
        }
        seen.up += passing;
        if (seen.up >= how.cutUp()) {
          break;
        }
      }
    } catch (IOException _) {
      // cut from one of the sides
    }
    end(from);
    if (hold) {
      held.add(waiting);
    } else {
      end(to);
    }
  }

  private void down(Socket from, Socket to, Weather how, Seen seen) {
    try {
      InputStream in = from.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        int passing = (int) Math.min(n, how.cutDown() - seen.down);
        damage(chunk, how.flipDown() - seen.down, n);
        seen.down += passing;
        write(to, chunk, passing, how);
        if (seen.down >= how.cutDown()) {
          break;
        }
      }
    } catch (IOException _) {
      // cut from one of the sides
    } finally {
      end(to);
      if (!how.holdsRequests()) {
        end(from);
      }
    }
  }

  private static void damage(byte[] chunk, long at, int length) {
    if (at >= 0 && at < length) {
      chunk[(int) at] ^= 0x10;
    }
  }

  private static void write(Socket to, byte[] chunk, int length, Weather how) throws IOException {
    OutputStream out = to.getOutputStream();
    int piece = how.piece() == 0 ? CHUNK : how.piece();
    for (int at = 0; at < length; at += piece) {
      out.write(chunk, at, Math.min(piece, length - at));
      out.flush();
      if (how.piece() > 0) {
        LockSupport.parkNanos(how.pause().toNanos());
      }
    }
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

  /** What is on the way to a server. */
  private static final class Held {
    private static final int FAREWELL = 64;
    private final Socket to;
    private final Seen seen;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Held(Socket to, Seen seen) {
      this.to = to;
      this.seen = seen;
    }

    synchronized void add(byte[] chunk, int from, int count) {
      bytes.write(chunk, from, count);
    }

    /** A client that gives up says so in a last short record, which would arrive as well. */
    private static int withoutFarewell(byte[] all) {
      int last = 0;
      for (int at = 0; at + 5 <= all.length; at += 5 + length(all, at)) {
        if (5 + length(all, at) > FAREWELL) {
          last = at + 5 + length(all, at);
        }
      }
      return last == 0 ? all.length : Math.min(all.length, last);
    }

    private static int length(byte[] all, int at) {
      return (all[at + 3] & 0xff) << 8 | all[at + 4] & 0xff;
    }

    /** Arrives whole, and is answered; nobody hears the answer. */
    synchronized void arrive() throws Exception {
      byte[] all = bytes.toByteArray();
      long before = seen.down();
      to.getOutputStream().write(all, 0, withoutFarewell(all));
      to.getOutputStream().flush();
      Eventually.holds("answered", () -> seen.down() > before);
      end(to);
    }
  }

  /** Follows the records of TLS: a client's second one of data is the first after its handshake. */
  private static final class Records {
    private static final int DATA = 23;
    private final byte[] head = new byte[5];
    private int inHead;
    private int left;
    private int data;

    /** Where in these bytes the first request begins, or -1. */
    int requestIn(byte[] chunk, int length) {
      int found = -1;
      for (int i = 0; i < length; i++) {
        if (left > 0) {
          left--;
          continue;
        }
        if (inHead == 0 && chunk[i] == DATA && ++data == 2) {
          found = i;
        }
        head[inHead++] = chunk[i];
        if (inHead == head.length) {
          inHead = 0;
          left = (head[3] & 0xff) << 8 | head[4] & 0xff;
        }
      }
      return found;
    }
  }
}
