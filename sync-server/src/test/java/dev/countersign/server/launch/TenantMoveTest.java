package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.crypto.Wire;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.TestPostgres;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import dev.countersign.server.tenant.TableShape;
import dev.countersign.server.tenant.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tenant goes from its file into PostgreSQL with everything, and its devices go on. */
class TenantMoveTest extends MoveGround {
  @Test
  void aTillThatWasEnrolledBeforeGoesOnWithTheOtherServerAndNobodyActs() throws Exception {
    Visitor visitor = new Visitor(shop);
    Visitor.Signed owner = visitor.person("Olu", "owner", null);
    var snapshot = client.snapshot(client.token(device));
    String before =
        client.get(Routes.CHECKPOINT.replace("{tenant}", shop.tenant.id().toString())).text();
    String logKey = shop.desk().logKey(shop.tenant.id());
    var books = shop.desk().books(shop.tenant.id());
    Envelope queued = till.seal(List.of(sale()));

    Result moved = move("Corner Shop");
    assertThat(moved.exit()).as(moved.err()).isZero();
    assertThat(moved.out()).contains("Moved Corner Shop").contains("entries of the log verified");
    assertThat(moved.err()).isEmpty();
    assertThat(post(queued)).isEqualTo(503);
    assertThat(command("tenant", "list", "--data", here.toString()).out())
        .contains(shop.tenant.id() + "  moved to " + there);
    assertThat(move("Corner Shop").err()).contains("There is no tenant Corner Shop");

    SyncServer second = takeOver();
    assertThat(second.pin()).isEqualTo(shop.server.pin());
    var reply = client.post(Routes.BATCHES, Wire.deflateFast(queued.encode()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(
            Envelope.decode(reply.body())
                .verifiedBy(VerifyKey.fromBase64(device.answer().serverKey())))
        .isTrue();
    String token = client.token(device);
    var page = client.page(token, snapshot.head().epoch(), snapshot.head().cursor());
    assertThat(page.cursor()).isGreaterThan(snapshot.head().cursor());
    long oldSize = Long.parseLong(before.lines().toList().get(1));
    assertThat(
            client
                .get(
                    Routes.CONSISTENCY.replace("{tenant}", shop.tenant.id().toString())
                        + ("?from=" + oldSize + "&to=" + (oldSize + 3)))
                .status())
        .isEqualTo(200);
    assertThat(visitor.signIn("Olu", visitor.code(owner.secret(), 1)).status()).isEqualTo(200);
    assertThat(second.provisioning().logKey(shop.tenant.id())).isEqualTo(logKey);
    assertThat(second.provisioning().books(shop.tenant.id()).total().sales())
        .isEqualTo(books.total().sales() + 1);
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    second.provisioning().export(shop.tenant.id(), export);
    assertThat(
            new ExportVerifier(LogKey.parse(logKey), Runnable::run)
                .verify(new ByteArrayInputStream(export.toByteArray())))
        .isInstanceOfSatisfying(
            ExportReport.Sound.class, sound -> assertThat(sound.sales()).isEqualTo(3));
    assertThat(export.toString(StandardCharsets.UTF_8))
        .contains("tenant.move.begun")
        .contains("tenant.moved");
  }

  @Test
  void everyTableArrivesWithEveryRow() throws Exception {
    new Visitor(shop).person("Olu", "owner", null);
    List<TableShape> shapes = shapes();
    List<String> named =
        asAdmin(
            admin ->
                admin.list(
                    "SELECT table_name || '.' || column_name FROM information_schema.columns"
                        + " WHERE table_schema = 'countersign' AND column_name <> 'tenant_id'"
                        + " AND table_name = ANY (string_to_array(?, ','))",
                    row -> row.text(1),
                    String.join(",", TestPostgres.tenantTables(admin))));
    assertThat(
            shapes.stream()
                .flatMap(
                    shape -> shape.columns().stream().map(it -> shape.name() + "." + it.name())))
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(move("Corner Shop").exit()).isZero();
    for (TableShape shape : shapes) {
      long rows =
          asAdmin(
              admin ->
                  admin
                      .first("SELECT count(*) FROM " + shape.name(), row -> row.integer(1))
                      .orElseThrow());
      assertThat(rows).as(shape.name()).isGreaterThanOrEqualTo(counts.get(shape.name()));
    }
  }

  @Test
  void aServerThatRunsThereFindsTheNextTenantWithoutARestart() throws Exception {
    Tenant second = shop.desk().addTenant("Harbour Shop", "USD", "practice");
    assertThat(move("Corner Shop").exit()).isZero();
    SyncServer running = other(there, 0);
    assertThat(move("Harbour Shop").exit()).isZero();
    assertThat(running.provisioning().tenants())
        .extracting(Tenant::name)
        .containsExactly("Corner Shop", "Harbour Shop");
    assertThat(running.provisioning().stores(second.id())).isEmpty();
    assertThat(
            RawClient.of(running)
                .get(Routes.CHECKPOINT.replace("{tenant}", second.id().toString()))
                .status())
        .isEqualTo(200);
  }

  @Test
  void whereDevicesWouldNotBelieveTheServerOrTheNameIsTakenNothingIsMoved() throws Exception {
    Path elsewhere = there.resolve("other");
    Files.createDirectories(elsewhere);
    assertThat(
            command(
                    "tenant",
                    "move",
                    "--tenant",
                    "Corner Shop",
                    "--to",
                    elsewhere.toString(),
                    "--data",
                    here.toString())
                .err())
        .contains("postgres.properties");
    SyncServer stranger = other(there, 0);
    assertThat(move("Corner Shop").err()).contains("sign with another key");
    stranger.close();
    TestPostgres.forget();
    Files.delete(there.resolve("master.key"));

    Tenant other = shop.desk().addTenant("Harbour Shop", "USD", "practice");
    assertThat(move("Harbour Shop").exit()).isZero();
    SyncServer running = other(there, 0);
    running.provisioning().addTenant("Corner Shop", "USD", "practice");
    assertThat(move("Corner Shop").err()).contains("of this name");
    send(till.seal(List.of(sale())));
    assertThat(
            command(
                    "tenant",
                    "move",
                    "--tenant",
                    other.id().toString(),
                    "--to",
                    here.toString(),
                    "--data",
                    there.toString())
                .err())
        .contains("in PostgreSQL already");
  }
}
