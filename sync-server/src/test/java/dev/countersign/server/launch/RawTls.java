package dev.countersign.server.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Bytes over TLS, as wrong as a test wants them. */
final class RawTls implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  final SSLSocket socket;

  private RawTls(SSLSocket socket) {
    this.socket = socket;
  }

  /** Connects and shakes hands. */
  static RawTls to(SyncServer server) throws Exception {
    RawTls raw = unshaken(server, "127.0.0.1");
    raw.socket.startHandshake();
    return raw;
  }

  /** Connects from another address of the loopback interface. */
  static RawTls from(String address, SyncServer server) throws Exception {
    RawTls raw = unshaken(server, address);
    raw.socket.startHandshake();
    return raw;
  }

  /** Connects and leaves it to the test to shake hands. */
  static RawTls unshaken(SyncServer server, String address) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    Socket plain = new Socket();
    plain.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    plain.connect(new InetSocketAddress("127.0.0.1", server.uri().getPort()));
    plain.setSoTimeout(PATIENCE_MILLIS);
    return new RawTls(
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Everything up to the end of the connection. */
  String toTheEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (java.net.SocketException | javax.net.ssl.SSLException _) {
      // The end, said rudely.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** One answer with its body; the connection may go on. */
  String answer() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
      head.write(one);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    var length = java.util.regex.Pattern.compile("(?i)\r\ncontent-length: (\\d+)").matcher(text);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return text + new String(body, StandardCharsets.UTF_8);
  }

  /** A GET with this token, on this connection. */
  String get(String path, String token) throws IOException {
    send(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: x\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
            + "\r\n");
    return answer();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
