package dev.countersign.server.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.sql.Db;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where tenants' data may go: to this machine, or to a database that has shown who it is. */
class PostgresAddressTest {
  @TempDir Path folder;
  private boolean secured;

  @AfterEach
  void unsecured() throws Exception {
    if (secured) {
      set("ALTER SYSTEM RESET ssl");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.com/countersign",
        "jdbc:postgresql://localhost,db.example.com/countersign",
        "jdbc:postgresql://localhost:5432,db.example.com:5432/countersign?sslmode=verify-ca",
        "jdbc:postgresql://db.example.com/countersign?sslmode=disable",
        "jdbc:postgresql://db.example.com/countersign?sslmode=allow",
        "jdbc:postgresql://db.example.com/countersign?sslmode=prefer",
        "jdbc:postgresql://db.example.com/countersign?sslmode=require",
        "jdbc:postgresql://db.example.com/countersign?sslmode=verify-ca",
        "jdbc:postgresql://db.example.com/countersign?ssl=true",
        "jdbc:postgresql://db.example.com/countersign?sslmode=verify-full&sslmode=require",
        "jdbc:postgresql://db.example.com/countersign?sslmode=verify-full"
            + "&sslfactory=org.postgresql.ssl.NonValidatingFactory",
        "jdbc:postgresql://db.example.com/countersign?sslmode=verify-full&sslhostnameverifier=x.Y",
        "jdbc:postgresql://db.example.com/countersign?sslmode=verify-full&socketFactory=x.Y",
        "jdbc:postgresql://10.0.0.7/countersign",
        "jdbc:postgresql://127.0.0.1.example.com/countersign",
        "jdbc:postgresql://localhost/countersign?user=me&password=it",
        "jdbc:sqlite:file"
      })
  void anAddressThatIsNotSafeIsRefused(String url) {
    assertThatThrownBy(() -> new PostgresAddress(url, "countersign_app", "it"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressIsUsedWithACheckedCertificateAndNeverPrintsItsPassword() {
    var address =
        new PostgresAddress(
            "jdbc:postgresql://db.example.com/countersign?sslmode=verify-full", "app", "hush");
    assertThat(address.toString()).doesNotContain("hush");
  }

  @Test
  void onlyADatabaseThatShowsTheRightNameUnderTheRightAuthorityIsTalkedTo() throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).commonName("Ours").build();
    HeldCertificate stranger =
        new HeldCertificate.Builder().certificateAuthority(0).commonName("Theirs").build();
    HeldCertificate database =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("localhost")
            .rsa2048()
            .build();
    Path ours = write("ours.pem", authority.certificatePem());
    Path theirs = write("theirs.pem", stranger.certificatePem());
    // No TLS at all is not talked to either, whatever it says it is.
    assertRefused("localhost", ours);
    secured = true;
    set("ALTER SYSTEM SET ssl_cert_file = '" + write("cert", database.certificatePem()) + "'");
    set("ALTER SYSTEM SET ssl_key_file = '" + write("key", database.privateKeyPkcs8Pem()) + "'");
    set("ALTER SYSTEM SET ssl = on");

    try (Postgres postgres = open("localhost", ours)) {
      assertThat(
              postgres.<Boolean>control(
                  db ->
                      db.first(
                              "SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl"
                                  + " WHERE pid = pg_backend_pid()",
                              row -> row.flag(1))
                          .orElseThrow()))
          .isTrue();
    }
    assertRefused("localhost", theirs);
    assertRefused("127.0.0.1", ours);
  }

  private static void assertRefused(String host, Path authority) {
    assertThatThrownBy(() -> open(host, authority).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not let the server in");
  }

  private static Postgres open(String host, Path authority) throws Exception {
    String port = TestPostgres.address("x").url().replaceAll(".*:(\\d+)/.*", "$1");
    String url =
        "jdbc:postgresql://%s:%s/postgres?sslmode=verify-full&sslrootcert=%s&loginTimeout=5"
            .formatted(host, port, authority);
    return Postgres.open(new PostgresAddress(url, PostgresSchema.APP, "-"), TestPostgres.SCHEMA);
  }

  private Path write(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** Waits until the running database has taken it up. */
  private static void set(String sql) throws Exception {
    try (Db admin = new Db(TestPostgres.connect("postgres"))) {
      admin.execute(sql);
      admin.first("SELECT CAST(pg_reload_conf() AS text)", row -> row.text(1));
      String name = sql.replaceAll("ALTER SYSTEM (?:SET|RESET) (\\w+).*", "$1");
      while (!taken(admin, name)) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean taken(Db admin, String name) throws SQLException {
    return admin
        .first(
            "SELECT CASE WHEN (SELECT setting FROM pg_settings WHERE name = ?)"
                + " = coalesce((SELECT setting FROM pg_file_settings WHERE name = ?"
                + " ORDER BY seqno DESC LIMIT 1), 'off') THEN 1 ELSE 0 END",
            row -> row.flag(1),
            name,
            name)
        .orElseThrow();
  }
}
