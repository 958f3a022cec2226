package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is spoken on the wire, by real handshakes. */
class TlsTest {
  @TempDir Path data;

  private static X509Certificate shown(RawTls raw) throws Exception {
    return (X509Certificate) raw.socket.getSession().getPeerCertificates()[0];
  }

  @Test
  void theNewestVersionIsPreferredAndTheOneBeforeWorks() throws Exception {
    try (var shop = new RunningServer(data)) {
      try (RawTls raw = RawTls.to(shop.server)) {
        assertThat(raw.socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      }
      try (RawTls raw = RawTls.unshaken(shop.server, "127.0.0.1")) {
        raw.socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThat(raw.get("/health", null)).startsWith("HTTP/1.1 200");
        assertThat(raw.socket.getSession().getCipherSuite()).contains("_ECDHE_").contains("_GCM_");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
      })
  void aSuiteWithoutAuthenticatedEncryptionIsRefused(String suite) throws Exception {
    try (var shop = new RunningServer(data);
        RawTls raw = RawTls.unshaken(shop.server, "127.0.0.1")) {
      raw.socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      raw.socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(raw.socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  /** A hello of TLS 1.0 or 1.1, by hand: this machine's own client would not send one. */
  @ParameterizedTest
  @ValueSource(ints = {0x0301, 0x0302})
  void anOldVersionIsAnsweredWithAnAlert(int version) throws Exception {
    try (var shop = new RunningServer(data);
        Socket socket = new Socket("127.0.0.1", shop.server.uri().getPort())) {
      socket.setSoTimeout(20_000);
      ByteArrayOutputStream hello = new ByteArrayOutputStream();
      DataOutputStream body = new DataOutputStream(hello);
      body.writeShort(version);
      body.write(new byte[32]);
      body.writeByte(0);
      // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA and TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
      body.write(new byte[] {0, 4, (byte) 0xc0, 0x09, (byte) 0xc0, 0x13});
      body.write(new byte[] {1, 0});
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(22);
      out.writeShort(0x0301);
      out.writeShort(hello.size() + 4);
      out.writeInt(1 << 24 | hello.size());
      out.write(hello.toByteArray());
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes(7);
      // A fatal alert, protocol_version (70) or handshake_failure (40).
      assertThat(answer[0]).isEqualTo((byte) 21);
      assertThat(answer[6]).isIn((byte) 70, (byte) 40);
    }
  }

  private record Result(int exit, String out, String err) {}

  private Result reload() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        ServerCommand.commandLine(new Reach.Outside(Surroundings.real()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("reload", "--data", data.toString());
    return new Result(exit, out.toString(), err.toString());
  }

  private static HeldCertificate.Builder over(HeldCertificate key) {
    return new HeldCertificate.Builder()
        .keyPair(key.keyPair())
        .commonName("shop.example")
        .addSubjectAlternativeName("127.0.0.1")
        .duration(30, TimeUnit.DAYS);
  }

  @Test
  void anAuthoritysCertificateOverTheSameKeyIsTakenWithoutDroppingAConnection() throws Exception {
    Path file = data.resolve("tls.pem");
    X509Certificate shownLast;
    try (var shop = new RunningServer(data);
        RawTls before = RawTls.to(shop.server)) {
      assertThat(before.get("/health", null)).startsWith("HTTP/1.1 200");
      HeldCertificate own = HeldCertificate.decode(Files.readString(file));
      HeldCertificate authority =
          new HeldCertificate.Builder().certificateAuthority(0).commonName("An authority").build();
      HeldCertificate signed = over(own).signedBy(authority).build();
      Files.writeString(
          file, signed.certificatePem() + authority.certificatePem() + signed.privateKeyPkcs8Pem());
      Result done = reload();
      assertThat(done.exit()).as(done.err()).isZero();
      assertThat(before.get("/health", null)).startsWith("HTTP/1.1 200");
      try (RawTls after = RawTls.to(shop.server)) {
        shownLast = shown(after);
        assertThat(shownLast).isEqualTo(signed.certificate()).isNotEqualTo(shown(before));
        assertThat(after.socket.getSession().getPeerCertificates()).hasSize(2);
      }
      HeldCertificate other = over(new HeldCertificate.Builder().build()).build();
      Files.writeString(file, other.certificatePem() + other.privateKeyPkcs8Pem());
      Result refused = reload();
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("another private key");
      Files.writeString(file, "nothing");
      assertThat(reload().exit()).isEqualTo(1);
      try (RawTls after = RawTls.to(shop.server)) {
        assertThat(shown(after)).isEqualTo(shownLast);
        assertThat(after.get("/health", null)).startsWith("HTTP/1.1 200");
      }
      Files.writeString(file, signed.certificatePem() + signed.privateKeyPkcs8Pem());
    }
    assertThat(reload().err()).contains("not running");
    // A month is less than what the server would make its own anew for.
    try (var again = SyncServer.start(dev.countersign.server.config.ServerConfig.in(data));
        RawTls raw = RawTls.to(again)) {
      assertThat(shown(raw)).isEqualTo(shownLast);
    }
  }

  @Test
  void nothingIsSaidToWhoDoesNotShakeHands() throws Exception {
    try (var shop = new RunningServer(data);
        Socket socket = new Socket("127.0.0.1", shop.server.uri().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(new byte[600]);
      assertThat(new String(socket.getInputStream().readAllBytes())).doesNotContain("HTTP");
    } catch (SSLException | java.net.SocketException _) {
      // Cut off: as good.
    }
  }
}
