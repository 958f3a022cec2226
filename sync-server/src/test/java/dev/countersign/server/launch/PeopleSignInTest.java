package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.launch.Visitor.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** People come in by what they know and have, and by nothing else. */
@ParameterizedClass
@EnumSource
class PeopleSignInTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;
  private boolean closed;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
  }

  @AfterEach
  void close() throws Exception {
    if (!closed) {
      shop.close();
    }
  }

  private Reply sessions(String token) throws Exception {
    return visitor.call("GET", Routes.OWN_SESSIONS, null, token);
  }

  @Test
  void aCodeSetsOnePasswordAndOnlyAStrongOne() throws Exception {
    String code = visitor.passwordCode(shop.cashier);
    Reply weak = visitor.setPassword("Sam", code, "password1234");
    assertThat(weak.status()).isEqualTo(422);
    assertThat(weak.problem().message()).hasSizeGreaterThan(20);
    assertThat(visitor.setPassword("Sam", code, "short").status()).isEqualTo(422);
    assertThat(visitor.setPassword("Sam", code, "Corner Shop Sam").status()).isEqualTo(422);
    assertThat(visitor.setPassword("Sam", "AAAAA-AAAAA", Visitor.PASSWORD).status()).isEqualTo(401);
    visitor.setPassword("Sam", code, Visitor.PASSWORD).as(Map.class);
    assertThat(visitor.setPassword("Sam", code, Visitor.PASSWORD + "!").status()).isEqualTo(401);
    String token = visitor.signIn("Sam", null).as(Token.class).token();
    assertThat(sessions(token).status()).isEqualTo(200);
    String later = visitor.passwordCode(shop.cashier);
    shop.pass(Duration.ofHours(25));
    assertThat(visitor.setPassword("Sam", later, Visitor.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void oneCodeSetsOnePasswordHoweverManyAskAtOnce() throws Exception {
    String code = visitor.passwordCode(shop.cashier);
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String password = Visitor.PASSWORD + i;
      tries.add(() -> visitor.setPassword("Sam", code, password).status());
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      int set = 0;
      for (var each : pool.invokeAll(tries)) {
        set += each.get() == 200 ? 1 : 0;
      }
      assertThat(set).isEqualTo(1);
    }
  }

  @Test
  void everyWrongWayInHasOneAnswer() throws Exception {
    Signed manager = visitor.person("Mia", "manager", null);
    List<Reply> replies =
        List.of(
            visitor.signIn("No Such Shop", "Mia", Visitor.PASSWORD, null),
            visitor.signIn("Corner Shop", "Nobody", Visitor.PASSWORD, null),
            visitor.signIn("Corner Shop", "Sam", Visitor.PASSWORD, null),
            visitor.signIn("Corner Shop", "Mia", "a wrong password", null),
            visitor.signIn("Mia", null),
            visitor.signIn("Mia", "000000"),
            visitor.signIn("Mia", "AAAA-AAAA-AAAA-AAAA"));
    for (Reply reply : replies) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.text()).isEqualTo(replies.getFirst().text());
      assertThat(reply.headers().names()).isEqualTo(replies.getFirst().headers().names());
    }
    shop.pass(Duration.ofMinutes(16));
    visitor.signIn("Mia", visitor.code(manager.secret())).as(Token.class);
  }

  @Test
  void guessingWaitsLongerAndLongerAlsoForWhomThereIsNot() throws Exception {
    visitor.setPassword("Sam", visitor.passwordCode(shop.cashier), Visitor.PASSWORD);
    List<List<Integer>> waits = new ArrayList<>();
    for (String name : List.of("Sam", "Nobody")) {
      List<Integer> seen = new ArrayList<>();
      for (int wrong = 0; wrong < 10; ) {
        Reply reply = visitor.signIn("Corner Shop", name, "wrong", null);
        if (reply.status() == 429) {
          int wait = Integer.parseInt(reply.headers().get("Retry-After"));
          seen.add(wait);
          shop.pass(Duration.ofSeconds(wait));
        } else {
          assertThat(reply.status()).isEqualTo(401);
          wrong++;
        }
      }
      Reply locked = visitor.signIn("Corner Shop", name, Visitor.PASSWORD, null);
      assertThat(locked.status()).isEqualTo(429);
      seen.add(Integer.parseInt(locked.headers().get("Retry-After")));
      waits.add(seen);
      shop.pass(Duration.ofHours(25));
    }
    assertThat(waits.getFirst()).isSorted().endsWith(900).hasSizeGreaterThan(4);
    assertThat(waits.getLast()).isEqualTo(waits.getFirst());
    visitor.signIn("Sam", null).as(Token.class);
    await(() -> shop.auditLog().contains("sign-in.locked"));
    assertThat(shop.auditLog()).contains("\"sign-in.failed\"").contains("\"sign-in\"");
    assertThat(shop.auditLog()).doesNotContain("Nobody");
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aPersonWithPowerDoesNothingBeforeASecondFactorIsSetUp() throws Exception {
    Person owner = shop.desk().addUser(shop.tenant.id(), "Olu", "owner", null);
    visitor.setPassword("Olu", visitor.passwordCode(owner), Visitor.PASSWORD);
    Token first = visitor.signIn("Olu", null).as(Token.class);
    assertThat(first.secondFactorNeeded()).isTrue();
    for (String path : List.of(Routes.BOOKS, Routes.PEOPLE, Routes.OWN_SESSIONS)) {
      Reply reply = visitor.call("GET", path, null, first.token());
      assertThat(reply.status()).as(path).isEqualTo(403);
      assertThat(reply.problem().code()).isEqualTo("second-factor-needed");
    }
    Reply wrong =
        visitor.call(
            "POST", Routes.OWN_FACTOR_CONFIRM, Visitor.fields("code", "000000"), first.token());
    assertThat(wrong.status()).isEqualTo(401);
    Signed strong = visitor.withFactor(owner, first.token());
    assertThat(strong.recovery()).hasSize(10).doesNotHaveDuplicates();
    assertThat(visitor.call("GET", Routes.BOOKS, null, strong.token()).status()).isEqualTo(200);
    // The token from before must not have come to mean more.
    assertThat(visitor.call("GET", Routes.BOOKS, null, first.token()).status()).isEqualTo(401);
    assertThat(visitor.call("POST", Routes.OWN_FACTOR, null, strong.token()).status())
        .isEqualTo(409);
  }

  @Test
  void aCodeIsTakenOnceAndAStepAtMostFromItsTime() throws Exception {
    Signed mia = visitor.person("Mia", "manager", null);
    // The step that confirmed the app is used.
    assertThat(visitor.signIn("Mia", visitor.code(mia.secret())).status()).isEqualTo(401);
    shop.pass(Duration.ofMinutes(5));
    assertThat(visitor.signIn("Mia", visitor.code(mia.secret(), -2)).status()).isEqualTo(401);
    assertThat(visitor.signIn("Mia", visitor.code(mia.secret(), 2)).status()).isEqualTo(401);
    String code = visitor.code(mia.secret(), -1);
    assertThat(visitor.signIn("Mia", code).status()).isEqualTo(200);
    assertThat(visitor.signIn("Mia", code).status()).isEqualTo(401);
    assertThat(visitor.signIn("Mia", visitor.code(mia.secret(), 1)).status()).isEqualTo(200);
    assertThat(visitor.signIn("Mia", visitor.code(mia.secret())).status()).isEqualTo(401);
    String recovery = mia.recovery().getFirst();
    assertThat(visitor.signIn("Mia", recovery.toLowerCase(java.util.Locale.ROOT)).status())
        .isEqualTo(200);
    assertThat(visitor.signIn("Mia", recovery).status()).isEqualTo(401);
    assertThat(visitor.signIn("Mia", mia.recovery().getLast()).status()).isEqualTo(200);
  }

  @Test
  void aSessionEndsWhenIdleAndAtTheLatestAfterTwelveHours() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    shop.pass(Duration.ofMinutes(29));
    assertThat(sessions(ann.token()).status()).isEqualTo(200);
    shop.pass(Duration.ofMinutes(31));
    assertThat(sessions(ann.token()).status()).isEqualTo(401);
    String token = visitor.signIn("Ann", null).as(Token.class).token();
    for (int i = 0; i < 35; i++) {
      shop.pass(Duration.ofMinutes(20));
      assertThat(sessions(token).status()).as("after %d", i).isEqualTo(200);
    }
    shop.pass(Duration.ofMinutes(20));
    assertThat(sessions(token).status()).isEqualTo(401);
  }

  @Test
  void whateverChangesThePersonEndsEverySession() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    String other = visitor.signIn("Ann", null).as(Token.class).token();
    String next = "marble otter 9 quilted lanterns";
    Reply wrong =
        visitor.call(
            "POST",
            Routes.OWN_PASSWORD,
            Visitor.fields("old", "not this", "password", next),
            ann.token());
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(sessions(other).status()).isEqualTo(200);
    visitor
        .call(
            "POST",
            Routes.OWN_PASSWORD,
            Visitor.fields("old", Visitor.PASSWORD, "password", next),
            ann.token())
        .as(Map.class);
    assertThat(sessions(ann.token()).status()).isEqualTo(401);
    assertThat(sessions(other).status()).isEqualTo(401);
    assertThat(visitor.signIn("Ann", null).status()).isEqualTo(401);

    String third = visitor.signIn("Corner Shop", "Ann", next, null).as(Token.class).token();
    shop.server.admission().assign(shop.tenant.id(), ann.person().id(), null, "cashier");
    assertThat(sessions(third).status()).isEqualTo(401);
    String fourth = visitor.signIn("Corner Shop", "Ann", next, null).as(Token.class).token();
    shop.desk().endUser(shop.tenant.id(), ann.person().id());
    assertThat(sessions(fourth).status()).isEqualTo(401);
    assertThat(visitor.signIn("Corner Shop", "Ann", next, null).status()).isEqualTo(401);
  }

  @Test
  void aPersonEndsTheirSessionsAndNobodyElses() throws Exception {
    Signed ann = visitor.person("Ann", "accountant", null);
    Signed ben = visitor.person("Ben", "accountant", null);
    String second = visitor.signIn("Ann", null).as(Token.class).token();
    String listed = sessions(ann.token()).text();
    assertThat(listed).contains("\"current\":true").doesNotContain(ann.token());
    String bens = sessions(ben.token()).text().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    assertThat(visitor.call("DELETE", Routes.OWN_SESSIONS + "/" + bens, null, ann.token()).status())
        .isEqualTo(404);
    assertThat(sessions(ben.token()).status()).isEqualTo(200);
    visitor.call("DELETE", Routes.OWN_SESSIONS, null, ann.token()).as(Map.class);
    assertThat(sessions(ann.token()).status()).isEqualTo(401);
    assertThat(sessions(second).status()).isEqualTo(401);
    assertThat(sessions(ben.token()).status()).isEqualTo(200);
  }

  @Test
  void nothingThatOpensTheDoorIsWrittenDown() throws Exception {
    assumeThat(stored).isEqualTo(Stored.IN_FILES);
    String code = visitor.passwordCode(shop.cashier);
    visitor.setPassword("Sam", code, Visitor.PASSWORD).as(Map.class);
    Signed mia = visitor.person("Mia", "manager", null);
    visitor.signIn("Corner Shop", "Mia", "planted-wrong-password", "123456");
    var key =
        shop.server
            .admission()
            .addKey(
                shop.tenant.id(), "Books", java.util.Set.of("office.open"), "", Duration.ofDays(9));
    visitor.call("GET", Routes.BOOKS, null, key.key()).as(Map.class);
    StringBuilder written = new StringBuilder(shop.auditLog());
    shop.requestLog.forEach(written::append);
    for (String column :
        List.of(
            "person_password.salt || hex(hash)",
            "password_code.hash || salt",
            "second_factor.sealed",
            "recovery_code.hash",
            "person_session.token_hash || address",
            "api_key.key_hash || name || scope")) {
      String table = column.substring(0, column.indexOf('.'));
      written.append(texts("SELECT " + column + " FROM " + table));
    }
    List<String> secrets = new ArrayList<>(mia.recovery());
    secrets.addAll(
        List.of(
            code,
            code.replace("-", ""),
            Visitor.PASSWORD,
            "planted-wrong-password",
            mia.token(),
            mia.secret(),
            key.key()));
    shop.close();
    closed = true;
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    for (String secret : secrets) {
      assertThat(written.indexOf(secret)).as("a planted secret").isNegative();
    }
  }

  private List<String> texts(String sql) throws Exception {
    return shop.server
        .tenants()
        .<List<String>, Exception>read(
            shop.tenant.id(),
            scope ->
                scope.db().list(sql, row -> new String(row.bytes(1), StandardCharsets.ISO_8859_1)));
  }
}
