package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.SecondVerifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A person's data are erased, and every proof about what they did stays. */
@ParameterizedClass
@EnumSource
class ErasureTest {
  private static final String HERE = "127.0.0.1";

  @Parameter Stored stored;
  @TempDir Path data;
  @TempDir Path exports;
  private RunningServer shop;
  private Visitor visitor;
  private Visitor.Signed owner;
  private Visitor.Signed left;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
    owner = visitor.person("Olu", "owner", null);
    left = visitor.person("Xaviera", "manager", null);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private RawClient.Reply erase(Visitor.Signed by, Visitor.Signed whom) throws Exception {
    String id = whom.person().id().toString();
    return visitor.call("POST", Routes.PERSON_ERASE.replace("{id}", id), null, by.token());
  }

  private void leave() throws Exception {
    String id = left.person().id().toString();
    assertThat(
            visitor
                .call("POST", Routes.PERSON_LEAVE.replace("{id}", id), null, owner.token())
                .status())
        .isEqualTo(200);
  }

  private JsonNode audit() throws Exception {
    return Json.strict()
        .readTree(visitor.call("GET", Routes.AUDIT + "?after=0", null, owner.token()).body());
  }

  private ExportReport verify(String... seen) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    shop.desk().export(shop.tenant.id(), out);
    LogKey key = LogKey.parse(shop.desk().logKey(shop.tenant.id()));
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(HERE).doesNotContain("Xaviera");
    return SecondVerifier.both(exports, key, out.toByteArray(), seen);
  }

  @Test
  void theLogCommitsToWhereAPersonCameFromAndDoesNotSayIt() throws Exception {
    JsonNode audit = audit();
    assertThat(audit.get("entries").toString()).doesNotContain(HERE);
    int opened = 0;
    for (JsonNode opening : audit.get("openings")) {
      byte[] salt = StrictBase64.decode(opening.get("salt").asString());
      String address = opening.get("address").asString();
      assertThat(address).isEqualTo(HERE);
      String committed =
          "sha256:" + Hash.of(salt, address.getBytes(StandardCharsets.UTF_8)).toHex();
      assertThat(audit.get("entries").get(opening.get("entry").asInt()).get("address").asString())
          .isEqualTo(committed);
      opened++;
    }
    assertThat(opened).isPositive();
  }

  @Test
  void erasedPersonalDataLeaveEveryProof() throws Exception {
    leave();
    String seen =
        RawClient.of(shop.server).get("/v1/log/" + shop.tenant.id() + "/checkpoint").text();
    String entries = shop.auditLog();
    assertThat(visitor.call("GET", Routes.PEOPLE, null, owner.token()).text()).contains("Xaviera");

    assertThat(erase(owner, left).status()).isEqualTo(200);

    assertThat(visitor.call("GET", Routes.PEOPLE, null, owner.token()).text())
        .doesNotContain("Xaviera")
        .contains(left.person().id().toString());
    assertThat(shop.number("SELECT count(*) FROM audit_opening WHERE who = ?", id())).isZero();
    assertThat(
            shop.number(
                "SELECT count(*) FROM audit_opening WHERE who = ?", owner.person().id().toString()))
        .isPositive();
    assertThat(shop.auditLog()).startsWith(entries).contains("\"what\":\"user.erased\"");
    assertThat(verify(seen)).isInstanceOf(ExportReport.Sound.class);
    var pass = shop.server.recheck().step(shop.tenant.id(), shop.now.get());
    assertThat(pass.isUnderWay()).isFalse();
    assertThat(pass.flaws()).isZero();
  }

  private String id() {
    return left.person().id().toString();
  }

  @Test
  void nobodyIsErasedWhoIsStillHereOrByWhomItIsNotTheirs() throws Exception {
    assertThat(erase(owner, left).status()).isEqualTo(422);
    leave();
    Visitor.Signed local = visitor.person("Mo", "manager", shop.store.id());
    assertThat(erase(local, left).status()).isNotEqualTo(200);
    assertThat(visitor.call("GET", Routes.PEOPLE, null, owner.token()).text()).contains("Xaviera");
  }

  @Test
  void anOperatorErasesByCommandOnlySomebodyWhoHasLeft() throws Exception {
    leave();
    var approved =
        shop.server.oversight().ask(shop.tenant.id(), "An erasure was asked for", 4, true, false);
    String approve = Routes.SUPPORT_APPROVE.replace("{id}", approved.id().toString());
    visitor.call("POST", approve, java.util.Map.of("write", true), owner.token());
    assertThat(run("Olu")).isEqualTo(1);
    assertThat(run("Xaviera")).isZero();
    assertThat(visitor.call("GET", Routes.PEOPLE, null, owner.token()).text())
        .contains("Olu")
        .doesNotContain("Xaviera");
  }

  private int run(String name) {
    return ServerCommand.commandLine(new Reach.Outside(shop.surroundings()))
        .setOut(new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(new StringWriter(), true))
        .execute(
            "user", "erase", "--tenant", "Corner Shop", "--user", name, "--data", data.toString());
  }
}
