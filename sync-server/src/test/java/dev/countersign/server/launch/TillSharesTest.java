package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.TillKeys;
import dev.countersign.server.account.By;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Enrolled;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's share of a till's key: who gets it, who does not, and what the log says. */
class TillSharesTest {
  private static final TillRuleItem ON = new TillRuleItem(true, 48, 30, 365);

  @TempDir Path temp;
  private RunningServer shop;
  private Visitor visitor;
  private Enrolled till;
  private String token;
  private final SigningKey shareKey = SigningKey.generate(RawClient.RANDOM);

  private void open(Stored stored) throws Exception {
    shop = new RunningServer(temp, stored);
    visitor = new Visitor(shop);
    till = visitor.client.enrol(shop.tillTicket(), "Till one");
    token = visitor.client.token(till);
  }

  @AfterEach
  void close() throws Exception {
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTillGetsTheSameShareOverItsSessionAndWhileLocked(Stored stored) throws Exception {
    open(stored);
    assertThat(report(0).share()).isNull();
    on();
    String share = report(0).share();
    assertThat(Base64.getDecoder().decode(share)).hasSize(TillKeys.SHARE_LENGTH);
    assertThat(report(0).share()).isEqualTo(share);
    TillKeys.Share given = ask(shareKey, 0).as(TillKeys.Share.class);
    assertThat(given.share()).isEqualTo(share);
    assertThat(given.leaseHours()).isEqualTo(48);
    assertThat(shop.auditLog())
        .contains("till.rule_changed")
        .contains("till.share_key_registered")
        .contains("till.share_given")
        .doesNotContain(share);
    assertThat(String.join("\n", shop.requestLog)).doesNotContain(share);
  }

  @ParameterizedTest
  @EnumSource
  void theShareDoesNotLieReadableInTheTenantsData(Stored stored) throws Exception {
    open(stored);
    on();
    byte[] share = Base64.getDecoder().decode(report(0).share());
    byte[] kept =
        shop.server
            .tenants()
            .<byte[], Exception>read(
                shop.tenant.id(),
                scope -> scope.db().first("SELECT share FROM till_key", row -> row.bytes(1)).get());
    assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(share, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource
  void turnedOffItIsStillGivenToWhomItWouldLockOut(Stored stored) throws Exception {
    open(stored);
    on();
    String share = report(0).share();
    shop.server.tillShares().setRule(shop.tenant.id(), By.OPERATOR, TillRuleItem.USUAL);
    assertThat(report(0).share()).isNull();
    assertThat(ask(shareKey, 0).as(TillKeys.Share.class).share()).isEqualTo(share);
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusalIsTheSameAnswer(Stored stored) throws Exception {
    open(stored);
    on();
    report(3);
    String good = visitor.client.challenge();
    Reply unknown = ask(UUID.randomUUID(), shareKey, visitor.client.challenge(), 3);
    assertThat(unknown.status()).isEqualTo(401);
    SigningKey other = SigningKey.generate(RawClient.RANDOM);
    Enrolled second = visitor.client.enrol(shop.tillTicket(), "Till two");
    for (Reply reply :
        List.of(
            ask(till.id(), other, visitor.client.challenge(), 3),
            // The device's own key signs batches; it does not ask for the share.
            ask(till.id(), till.key(), visitor.client.challenge(), 3),
            ask(till.id(), shareKey, "AAAA", 3),
            ask(second.id(), shareKey, visitor.client.challenge(), 3),
            replayed(good))) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.text()).isEqualTo(unknown.text());
    }
    shop.pass(Duration.ofMinutes(3));
    Reply late = ask(till.id(), shareKey, good, 3);
    assertThat(late.text()).isEqualTo(unknown.text());
  }

  private Reply replayed(String challenge) throws Exception {
    ask(till.id(), shareKey, challenge, 3).as(TillKeys.Share.class);
    return ask(till.id(), shareKey, challenge, 3);
  }

  @ParameterizedTest
  @EnumSource
  void aRevokedOrFrozenTillGetsNoShareAndThatIsInTheLog(Stored stored) throws Exception {
    open(stored);
    on();
    report(0);
    for (String state : List.of("frozen", "revoked")) {
      shop.change("UPDATE device SET state = '" + state + "'");
      assertThat(ask(shareKey, 0).status()).as(state).isEqualTo(401);
    }
    assertThat(shop.auditLog()).contains("till.share_refused").doesNotContain("share_given");
  }

  @ParameterizedTest
  @EnumSource
  void aTillThatSaysFewerTriesThanWereHeardIsHeldUntilAManagerReleasesIt(Stored stored)
      throws Exception {
    open(stored);
    on();
    assertThat(report(7).held()).isFalse();
    TillKeys.Answer held = report(2);
    assertThat(held.held()).isTrue();
    assertThat(held.tries()).isEqualTo(7);
    assertThat(held.share()).isNull();
    assertThat(report(9).held()).isTrue();
    assertThat(ask(shareKey, 9).status()).isEqualTo(401);
    assertThat(shop.auditLog())
        .containsOnlyOnce("device.keys_put_back")
        .contains("said 2 tries, heard of 7");
    Signed manager = visitor.person("Mia", "manager", null);
    String release = Routes.DEVICE_RELEASE.replace("{id}", till.id().toString());
    assertThat(visitor.call("POST", release, null, manager.token()).status()).isEqualTo(200);
    assertThat(visitor.call("POST", release, null, manager.token()).status()).isEqualTo(404);
    assertThat(report(9).held()).isFalse();
    assertThat(ask(shareKey, 9).status()).isEqualTo(200);
    assertThat(shop.auditLog()).contains("device.released");
  }

  @ParameterizedTest
  @EnumSource
  void aCopyIsSeenAlsoWhenItAsksForTheShareFirst(Stored stored) throws Exception {
    open(stored);
    on();
    report(7);
    assertThat(ask(shareKey, 6).status()).isEqualTo(401);
    assertThat(report(8).held()).isTrue();
    assertThat(shop.auditLog()).contains("device.keys_put_back");
  }

  @ParameterizedTest
  @EnumSource
  void theRuleReachesEveryDeviceAndOnlyWhoMaySetItSetsIt(Stored stored) throws Exception {
    open(stored);
    Signed owner = visitor.person("Olu", "owner", null);
    Signed cashier = visitor.person("Kim", "cashier", null);
    Signed local = visitor.person("Lou", "manager", shop.store.id());
    assertThat(visitor.call("POST", Routes.TILL_RULE, ON, cashier.token()).status()).isEqualTo(403);
    assertThat(visitor.call("POST", Routes.TILL_RULE, ON, local.token()).status()).isEqualTo(403);
    var absurd = new TillRuleItem(true, 0, 30, 365);
    assertThat(visitor.call("POST", Routes.TILL_RULE, absurd, owner.token()).status())
        .isEqualTo(400);
    assertThat(visitor.call("POST", Routes.TILL_RULE, ON, owner.token()).status()).isEqualTo(200);
    assertThat(visitor.call("GET", Routes.TILL_RULE, null, owner.token()).as(TillRuleItem.class))
        .isEqualTo(ON);
    assertThat(visitor.client.snapshot(token).items())
        .filteredOn(item -> item.kind().equals("till-rule"))
        .extracting(FeedItem::typed)
        .containsExactly(ON);
  }

  @ParameterizedTest
  @EnumSource
  void anotherTenantsDeviceIsReleasedByNobodyHere(Stored stored) throws Exception {
    open(stored);
    Signed owner = visitor.person("Olu", "owner", null);
    var other = shop.desk().addTenant("Other Shop", "USD", "practice");
    var store = shop.desk().addStore(other.id(), "1", "Side Street", ZoneId.of("UTC"));
    var register = shop.desk().addRegister(other.id(), store.id(), "1");
    var theirs = shop.desk().addUser(other.id(), "Kim", "cashier", null);
    Enrolled device =
        visitor.client.enrol(shop.desk().tillTicket(other.id(), register.id(), theirs.id()), "T");
    String path = Routes.DEVICE_RELEASE;
    Reply foreign =
        visitor.call("POST", path.replace("{id}", device.id().toString()), null, owner.token());
    Reply nowhere =
        visitor.call(
            "POST", path.replace("{id}", UUID.randomUUID().toString()), null, owner.token());
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.text()).isEqualTo(nowhere.text());
  }

  @ParameterizedTest
  @EnumSource
  void aReportThatIsNoneIsRefused(Stored stored) throws Exception {
    open(stored);
    String key = shareKey.verifyKey().toBase64();
    for (Object bad :
        List.of(
            new TillKeys.Report("AAAA", 0, "file"),
            new TillKeys.Report(key, -1, "file"),
            new TillKeys.Report(key, 0, "a file; of mine"))) {
      assertThat(visitor.call("POST", Routes.TILL_KEYS, bad, token).status()).isEqualTo(400);
    }
    assertThat(visitor.call("POST", Routes.TILL_KEYS, "{}", token).status()).isEqualTo(400);
  }

  private void on() throws Exception {
    shop.server.tillShares().setRule(shop.tenant.id(), By.OPERATOR, ON);
  }

  private TillKeys.Answer report(long tries) throws Exception {
    var report = new TillKeys.Report(shareKey.verifyKey().toBase64(), tries, "file");
    return visitor.call("POST", Routes.TILL_KEYS, report, token).as(TillKeys.Answer.class);
  }

  private Reply ask(SigningKey key, long tries) throws Exception {
    return ask(till.id(), key, visitor.client.challenge(), tries);
  }

  private Reply ask(UUID device, SigningKey key, String challenge, long tries) throws Exception {
    byte[] request = Json.encode(new TillKeys.ShareRequest(device, challenge, tries));
    Envelope envelope = Envelope.seal(TillKeys.SHARE_PAYLOAD_TYPE, request, device.toString(), key);
    return visitor.client.post(Routes.TILL_SHARES, envelope.encode());
  }
}
