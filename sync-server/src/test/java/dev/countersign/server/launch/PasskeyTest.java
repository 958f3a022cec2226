package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Confirmed;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.launch.Visitor.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A passkey opens for who holds it, on our page, once per challenge, and for nobody else. */
class PasskeyTest {
  @TempDir Path data;

  record Party(String id, String name) {}

  record User(String id, String name, String displayName) {}

  record Algorithm(String type, long alg) {}

  record Credential(String type, String id) {}

  record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}

  record Creation(
      Party rp,
      User user,
      String challenge,
      List<Algorithm> pubKeyCredParams,
      long timeout,
      List<Credential> excludeCredentials,
      Selection authenticatorSelection,
      String attestation) {}

  record Asked(String challenge, String rpId, long timeout, String userVerification) {}

  record Added(UUID id) {}

  record Shown(UUID id, String name, java.time.Instant created, java.time.Instant used) {}

  record AllShown(List<Shown> passkeys) {}

  /** A shop with a person at its page. */
  private final class Counter implements AutoCloseable {
    final RunningServer shop;
    final Visitor visitor;
    final String origin;

    Counter(Stored stored) throws Exception {
      shop = new RunningServer(data, stored);
      visitor = new Visitor(shop);
      origin = "https://localhost:" + shop.server.uri().getPort();
    }

    SoftAuthenticator elliptic() throws Exception {
      return SoftAuthenticator.elliptic("localhost", origin);
    }

    SoftAuthenticator edwards() throws Exception {
      return SoftAuthenticator.edwards("localhost", origin);
    }

    Creation creation(String token) throws Exception {
      return visitor.call("POST", Routes.OWN_PASSKEYS_CHALLENGE, null, token).as(Creation.class);
    }

    Reply add(String token, SoftAuthenticator key, String name) throws Exception {
      Creation creation = creation(token);
      return add(token, key.make(creation.challenge(), creation.user().id(), name));
    }

    Reply add(String token, Map<String, Object> made) throws Exception {
      return visitor.call("POST", Routes.OWN_PASSKEYS, made, token);
    }

    String challenge() throws Exception {
      return visitor.call("POST", Routes.PASSKEY_CHALLENGE, null, null).as(Asked.class).challenge();
    }

    Reply signIn(Map<String, Object> signed) throws Exception {
      return visitor.call("POST", Routes.PASSKEY_SIGN_IN, signed, null);
    }

    Reply signIn(SoftAuthenticator key) throws Exception {
      return signIn(key.sign(challenge()));
    }

    int people(String token) throws Exception {
      return visitor.call("GET", Routes.PEOPLE, null, token).status();
    }

    @Override
    public void close() throws Exception {
      shop.close();
    }
  }

  private static void refused(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.problem().code()).isEqualTo("sign-in-refused");
  }

  @ParameterizedTest
  @EnumSource
  void aPasskeyIsTheFirstFactorAndStrongByItself(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Visitor visitor = counter.visitor;
      Person mia = counter.shop.desk().addUser(counter.shop.tenant.id(), "Mia", "manager", null);
      visitor.setPassword("Mia", visitor.passwordCode(mia), Visitor.PASSWORD).as(Map.class);
      Token weak = visitor.signIn("Mia", null).as(Token.class);
      assertThat(weak.secondFactorNeeded()).isTrue();
      Creation creation = counter.creation(weak.token());
      assertThat(creation.authenticatorSelection().userVerification()).isEqualTo("required");
      assertThat(creation.pubKeyCredParams()).extracting(Algorithm::alg).contains(-7L, -8L);
      SoftAuthenticator key = counter.elliptic();
      Confirmed confirmed = counter.add(weak.token(), key, "Laptop").as(Confirmed.class);
      assertThat(confirmed.recoveryCodes()).hasSize(10);
      assertThat(counter.people(confirmed.token())).isEqualTo(200);
      // The token from before must not have come to mean more.
      assertThat(counter.people(weak.token())).isEqualTo(401);

      String token = counter.signIn(key).as(Token.class).token();
      assertThat(counter.people(token)).isEqualTo(200);
      // The password alone opens nothing any more; with a recovery code it does.
      refused(visitor.signIn("Mia", null));
      visitor.signIn("Mia", confirmed.recoveryCodes().getFirst()).as(Token.class);

      SoftAuthenticator second = counter.edwards();
      counter.add(token, second, "Telephone").as(Added.class);
      assertThat(counter.creation(token).excludeCredentials()).hasSize(2);
      assertThat(counter.people(counter.signIn(second).as(Token.class).token())).isEqualTo(200);
      assertThat(counter.shop.auditLog()).contains("passkey.added").contains("\"passkey\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotRightInAnyPartIsRefused(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Signed mia = counter.visitor.person("Mia", "manager", null);
      SoftAuthenticator key = counter.elliptic();
      counter.add(mia.token(), key, "Laptop").as(Added.class);

      SoftAuthenticator elsewhere = key.copy();
      elsewhere.origin = "https://localhost:1";
      refused(counter.signIn(elsewhere));
      elsewhere.origin = counter.origin + ".example.org";
      refused(counter.signIn(elsewhere));
      SoftAuthenticator party = key.copy();
      party.rpId = "example.org";
      refused(counter.signIn(party));
      SoftAuthenticator untouched = key.copy();
      untouched.verified = false;
      refused(counter.signIn(untouched));
      SoftAuthenticator stranger = counter.elliptic();
      stranger.id = key.id;
      stranger.handle = key.handle;
      refused(counter.signIn(stranger));
      // A challenge of one's own, one for another purpose, and one that has ended.
      refused(counter.signIn(key.copy().sign(SoftAuthenticator.text(new byte[56]))));
      refused(counter.signIn(key.copy().sign(counter.creation(mia.token()).challenge())));
      String late = counter.challenge();
      counter.shop.pass(Duration.ofMinutes(3));
      refused(counter.signIn(key.copy().sign(late)));
      Map<String, Object> bent = key.copy().sign(counter.challenge());
      bent.put(
          "authenticatorData", bent.get("authenticatorData").toString().replaceAll("..$", "AA"));
      refused(counter.signIn(bent));
      Map<String, Object> garbage = key.copy().sign(counter.challenge());
      garbage.put("clientDataJSON", SoftAuthenticator.text(new byte[] {'{', 0}));
      refused(counter.signIn(garbage));
      assertThat(counter.visitor.call("POST", Routes.PASSKEY_SIGN_IN, Map.of(), null).status())
          .isEqualTo(400);

      counter.shop.pass(Duration.ofMinutes(16));
      counter.signIn(key).as(Token.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsTakenOnceHoweverManySendItAtOnce(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Signed mia = counter.visitor.person("Mia", "manager", null);
      // A passkey that does not count, as those are that are copied between a person's devices.
      SoftAuthenticator key = counter.edwards();
      counter.add(mia.token(), key, "Telephone").as(Added.class);
      key.count = -1;
      Map<String, Object> signed = key.sign(counter.challenge());
      List<Callable<Integer>> tries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tries.add(() -> counter.signIn(signed).status());
      }
      int in = 0;
      try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var each : pool.invokeAll(tries)) {
          in += each.get() == 200 ? 1 : 0;
        }
      }
      assertThat(in).isEqualTo(1);
      refused(counter.signIn(signed));

      Creation creation = counter.creation(mia.token());
      var made = counter.elliptic().make(creation.challenge(), creation.user().id(), "One");
      counter.add(mia.token(), made).as(Added.class);
      refused(
          counter.add(
              mia.token(),
              counter.elliptic().make(creation.challenge(), creation.user().id(), "Two")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCopyOfACountingAuthenticatorIsRefusedAndInTheLog(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Signed mia = counter.visitor.person("Mia", "manager", null);
      SoftAuthenticator key = counter.elliptic();
      counter.add(mia.token(), key, "Laptop").as(Added.class);
      SoftAuthenticator copy = key.copy();
      counter.signIn(key).as(Token.class);
      counter.signIn(key).as(Token.class);
      refused(counter.signIn(copy));
      assertThat(counter.shop.auditLog()).contains("passkey.cloned");
      counter.signIn(key).as(Token.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPasskeyOfAnotherPersonOrBusinessIsNobodysHere(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Signed mia = counter.visitor.person("Mia", "manager", null);
      Signed ann = counter.visitor.person("Ann", "accountant", null);
      SoftAuthenticator mias = counter.elliptic();
      counter.add(mia.token(), mias, "Laptop").as(Added.class);
      SoftAuthenticator anns = counter.elliptic();
      counter.add(ann.token(), anns, "Laptop").as(Confirmed.class);

      SoftAuthenticator asMia = anns.copy();
      asMia.handle = mias.handle;
      refused(counter.signIn(asMia));
      SoftAuthenticator elsewhere = mias.copy();
      var other = counter.shop.desk().addTenant("Other Shop", "USD", "practice");
      System.arraycopy(id(other.id()), 0, elsewhere.handle, 0, 16);
      refused(counter.signIn(elsewhere));
      System.arraycopy(id(UUID.randomUUID()), 0, elsewhere.handle, 0, 16);
      refused(counter.signIn(elsewhere));

      // A challenge to make one is good in its own session only.
      Creation creation = counter.creation(mia.token());
      var made = counter.elliptic().make(creation.challenge(), creation.user().id(), "Taken");
      String again = counter.signIn(anns).as(Token.class).token();
      refused(counter.add(again, made));
      // Nor is a passkey that is there taken a second time.
      refused(counter.add(again, mias, "Mine now"));
    }
  }

  private static byte[] id(UUID id) {
    return java.nio.ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @ParameterizedTest
  @EnumSource
  void aRemovedPasskeyOpensNothingAndTheLastOneStays(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Visitor visitor = counter.visitor;
      Signed mia = visitor.person("Ann", "accountant", null);
      SoftAuthenticator first = counter.elliptic();
      String token = counter.add(mia.token(), first, "Laptop").as(Confirmed.class).token();
      SoftAuthenticator second = counter.edwards();
      counter.add(token, second, "Telephone").as(Added.class);
      String others = counter.signIn(second).as(Token.class).token();
      List<Shown> shown =
          visitor.call("GET", Routes.OWN_PASSKEYS, null, token).as(AllShown.class).passkeys();
      assertThat(shown).extracting(Shown::name).containsExactly("Laptop", "Telephone");
      assertThat(shown.getLast().used()).isEqualTo(counter.shop.now.get());

      assertThat(remove(visitor, shown.getLast().id(), token)).isEqualTo(200);
      refused(counter.signIn(second));
      assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, others).status()).isEqualTo(401);
      assertThat(visitor.call("GET", Routes.OWN_SESSIONS, null, token).status()).isEqualTo(200);
      assertThat(remove(visitor, shown.getLast().id(), token)).isEqualTo(404);
      assertThat(remove(visitor, shown.getFirst().id(), token)).isEqualTo(409);
      counter.signIn(first).as(Token.class);

      // Whoever lost them all is given a new beginning by the operator.
      counter.shop.server.admission().forgetFactor(counter.shop.tenant.id(), mia.person().id());
      refused(counter.signIn(first));
      visitor.signIn("Ann", null).as(Token.class);
      counter.shop.desk().endUser(counter.shop.tenant.id(), mia.person().id());
    }
  }

  private static int remove(Visitor visitor, UUID id, String token) throws Exception {
    return visitor
        .call("DELETE", Routes.OWN_PASSKEY.replace("{id}", id.toString()), null, token)
        .status();
  }

  @ParameterizedTest
  @EnumSource
  void whoHasAPasskeyAndLeavesIsNotLetInByIt(Stored stored) throws Exception {
    try (Counter counter = new Counter(stored)) {
      Signed ann = counter.visitor.person("Ann", "accountant", null);
      SoftAuthenticator key = counter.elliptic();
      counter.add(ann.token(), key, "Laptop").as(Confirmed.class);
      counter.shop.desk().endUser(counter.shop.tenant.id(), ann.person().id());
      refused(counter.signIn(key));
      // What was asked says nothing about anybody.
      assertThat(counter.visitor.call("POST", Routes.PASSKEY_CHALLENGE, null, null).text())
          .doesNotContain("allowCredentials");
    }
  }
}
