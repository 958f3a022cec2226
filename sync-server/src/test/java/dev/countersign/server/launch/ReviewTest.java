package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Person;
import dev.countersign.server.db.postgres.Stored;
import dev.countersign.server.launch.RawClient.Reply;
import dev.countersign.server.launch.Visitor.Signed;
import dev.countersign.server.signin.ApiKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Who may do what is looked at again; each row is decided once, and what was decided stays. */
@ParameterizedClass
@EnumSource
class ReviewTest {
  @Parameter Stored stored;
  @TempDir Path data;
  private RunningServer shop;
  private Visitor visitor;
  private Signed owner;

  @BeforeEach
  void open() throws Exception {
    shop = new RunningServer(data, stored);
    visitor = new Visitor(shop);
    owner = visitor.person("Olu", "owner", null);
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  private Reply post(Signed who, String path, @Nullable Object body) throws Exception {
    return visitor.call("POST", path, body, who.token());
  }

  private JsonNode read(Signed who, String path) throws Exception {
    return Json.strict().readTree(visitor.call("GET", path, null, who.token()).body());
  }

  private UUID opened() throws Exception {
    Reply reply = post(owner, Routes.REVIEWS, null);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return UUID.fromString(Json.strict().readTree(reply.body()).get("id").asString());
  }

  private Reply decide(Signed who, UUID review, UUID subject, Map<String, Object> verdict)
      throws Exception {
    String path =
        Routes.REVIEW_ROW
            .replace("{id}", review.toString())
            .replace("{subject}", subject.toString());
    return post(who, path, verdict);
  }

  private Reply closed(UUID review) throws Exception {
    return post(owner, Routes.REVIEW_CLOSE.replace("{id}", review.toString()), null);
  }

  private static final Map<String, Object> KEEP = Map.of("decision", "KEEP");
  private static final Map<String, Object> END = Map.of("decision", "END");

  @Test
  void everybodyAndEveryKeyIsARowAndEndingIsDoneAtOnce() throws Exception {
    UUID key =
        shop.server
            .admission()
            .addKey(shop.tenant.id(), "Old", Set.of("audit.read"), "", ApiKeys.LIFE)
            .id();
    Person gone = shop.desk().addUser(shop.tenant.id(), "Gone", "cashier", null);
    shop.desk().endUser(shop.tenant.id(), gone.id());
    UUID review = opened();
    JsonNode rows = read(owner, Routes.REVIEW.replace("{id}", review.toString())).get("rows");
    assertThat(rows).hasSize(3);
    assertThat(rows.toString())
        .contains("cashier in " + shop.store.id())
        .contains("audit.read")
        .contains("\"name\":\"Sam\"")
        .doesNotContain(gone.id().toString());
    assertThat(decide(owner, review, shop.cashier.id(), END).status()).isEqualTo(200);
    assertThat(shop.desk().users(shop.tenant.id()))
        .filteredOn(person -> person.id().equals(shop.cashier.id()))
        .noneMatch(Person::active);
    assertThat(decide(owner, review, key, END).status()).isEqualTo(200);
    assertThat(shop.server.admission().keys(shop.tenant.id()).getFirst().expires())
        .isEqualTo(shop.now.get());
    assertThat(closed(review).status()).as("the owner's row is open").isEqualTo(422);
    assertThat(decide(owner, review, owner.person().id(), KEEP).status()).isEqualTo(200);
    assertThat(closed(review).status()).isEqualTo(200);
  }

  @Test
  void whatWasDecidedIsEvidenceAndItsHashIsInTheLog() throws Exception {
    UUID review = opened();
    assertThat(decide(owner, review, shop.cashier.id(), KEEP).status()).isEqualTo(200);
    assertThat(decide(owner, review, shop.cashier.id(), END).status()).isEqualTo(422);
    assertThat(decide(owner, review, UUID.randomUUID(), KEEP).status()).isEqualTo(404);
    assertThat(decide(owner, review, owner.person().id(), Map.of("decision", "MAYBE")).status())
        .isEqualTo(400);
    decide(owner, review, owner.person().id(), KEEP);
    assertThat(closed(review).status()).isEqualTo(200);
    assertThat(closed(review).status()).isEqualTo(422);
    String evidence = shop.server.oversight().evidence(shop.tenant.id(), review).orElseThrow();
    assertThat(evidence)
        .contains("\"decision\":\"KEEP\"")
        .contains("\"decidedBy\":\"" + owner.person().id() + "\"")
        .doesNotContain("Sam");
    Reply asked =
        visitor.call(
            "GET", Routes.REVIEW_EVIDENCE.replace("{id}", review.toString()), null, owner.token());
    assertThat(asked.text()).as("byte for byte").isEqualTo(evidence);
    JsonNode shown = read(owner, Routes.REVIEW.replace("{id}", review.toString()));
    assertThat(shown.get("hash").asString()).isEqualTo(Hash.of(asked.body()).toHex());
    assertThat(shown.get("closedByName").asString()).isEqualTo("Olu");
    assertThat(shop.auditLog())
        .contains("review.closed")
        .contains(Hash.of(evidence.getBytes(StandardCharsets.UTF_8)).toHex());
    for (String sql :
        new String[] {
          "DELETE FROM review_row",
          "UPDATE review_row SET decision = 'END'",
          "DELETE FROM review",
          "UPDATE review SET closed_by = 'nobody'"
        }) {
      assertThatThrownBy(() -> shop.change(sql)).as(sql).isInstanceOf(Exception.class);
    }
  }

  @Test
  void anOpenReviewShowsWhatEachCouldDoAloneAndHasNoEvidenceYet() throws Exception {
    shop.server
        .admission()
        .addKey(shop.tenant.id(), "Books", Set.of("export.run"), "", ApiKeys.LIFE);
    UUID review = opened();
    JsonNode shown = read(owner, Routes.REVIEW.replace("{id}", review.toString()));
    assertThat(shown.has("hash")).isFalse();
    assertThat(shown.get("openedByName").asString()).isEqualTo("Olu");
    for (JsonNode row : shown.get("rows")) {
      switch (row.get("name").asString()) {
        case "Books" -> assertThat(row.get("dangers").toString()).isEqualTo("[\"take-all-away\"]");
        case "Sam" -> assertThat(row.get("dangers").toString()).isEqualTo("[\"void-and-keep\"]");
        default -> assertThat(row.get("dangers").toString()).contains("let-the-operator-in");
      }
    }
    String evidence = Routes.REVIEW_EVIDENCE.replace("{id}", review.toString());
    assertThat(visitor.call("GET", evidence, null, owner.token()).status()).isEqualTo(404);
  }

  @Test
  void nobodyDecidesAboutThemselvesWhileThereIsAnother() throws Exception {
    Signed ada = visitor.person("Ada", "owner", null);
    UUID review = opened();
    assertThat(decide(owner, review, owner.person().id(), KEEP).status()).isEqualTo(403);
    assertThat(decide(ada, review, owner.person().id(), KEEP).status()).isEqualTo(200);
    assertThat(decide(owner, review, ada.person().id(), END).status()).isEqualTo(200);
  }

  @Test
  void aChangeGivesAnotherRoleAtOnceAndWithinWhatTheReviewerMay() throws Exception {
    UUID review = opened();
    Map<String, Object> change =
        Map.of("decision", "CHANGE", "role", "accountant", "store", shop.store.id().toString());
    assertThat(decide(owner, review, shop.cashier.id(), Map.of("decision", "CHANGE")).status())
        .isEqualTo(422);
    assertThat(decide(owner, review, shop.cashier.id(), change).status()).isEqualTo(200);
    assertThat(visitor.call("GET", Routes.PEOPLE, null, owner.token()).text())
        .contains("\"role\":\"accountant\"");
    shop.server
        .admission()
        .putRole(shop.tenant.id(), "reviewer", Map.of("access.review", "ALLOWED"));
    Signed rev = visitor.person("Rev", "reviewer", null);
    assertThat(decide(rev, review, owner.person().id(), END).status())
        .as("ending is not theirs")
        .isEqualTo(403);
    assertThat(decide(owner, review, owner.person().id(), END).status())
        .as("somebody else decides about them")
        .isEqualTo(403);
    Signed inOne = visitor.person("One", "reviewer", shop.store.id());
    assertThat(visitor.call("GET", Routes.REVIEWS, null, inOne.token()).status()).isEqualTo(403);
  }

  @Test
  void aReviewIsDueEveryNinetyDaysAndSaysSinceWhen() throws Exception {
    JsonNode fresh = read(owner, Routes.REVIEWS).get("state");
    assertThat(fresh.get("overdue").asBoolean()).isFalse();
    shop.pass(Duration.ofDays(91));
    owner = visitor.again(owner);
    JsonNode late = read(owner, Routes.REVIEWS).get("state");
    assertThat(late.get("overdue").asBoolean()).isTrue();
    assertThat(late.get("dueAt")).isEqualTo(fresh.get("dueAt"));
    UUID review = opened();
    assertThat(post(owner, Routes.REVIEWS, null).status()).as("one at a time").isEqualTo(422);
    JsonNode open = read(owner, Routes.REVIEWS).get("state");
    assertThat(open.get("undecided").asInt()).isEqualTo(2);
    JsonNode rows = read(owner, Routes.REVIEW.replace("{id}", review.toString())).get("rows");
    for (JsonNode row : rows) {
      assertThat(row.get("row").get("unused").asBoolean())
          .as(row.toString())
          .isEqualTo(row.get("name").asString().equals("Sam"));
    }
    decide(owner, review, shop.cashier.id(), KEEP);
    decide(owner, review, owner.person().id(), KEEP);
    closed(review);
    assertThat(read(owner, Routes.REVIEWS).get("state").get("overdue").asBoolean()).isFalse();
    assertThat(post(owner, Routes.REVIEW_RHYTHM, Map.of("days", 30)).status()).isEqualTo(200);
    assertThat(post(owner, Routes.REVIEW_RHYTHM, Map.of("days", 0)).status()).isEqualTo(422);
    shop.pass(Duration.ofDays(31));
    owner = visitor.again(owner);
    assertThat(read(owner, Routes.REVIEWS).get("state").get("overdue").asBoolean()).isTrue();
  }
}
