package dev.countersign.server.http;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.permission.Danger;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.permission.Rights;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.NotTheirsException;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.people.Acting;
import dev.countersign.server.review.Review;
import dev.countersign.server.review.Reviews;
import dev.countersign.server.signin.ApiKeys;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looking again at who may do what. It is about all stores, so it is for whoever answers for all.
 */
public final class ReviewRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final Tenants tenants;
  private final Reviews reviews;
  private final ApiKeys keys;
  private final People people = new People();

  public ReviewRoutes(Tenants tenants, Reviews reviews, ApiKeys keys) {
    this.tenants = tenants;
    this.reviews = reviews;
    this.keys = keys;
  }

  /**
   * A row with the name that its person or key has now.
   *
   * @param dangers what it could do alone, by the codes of {@link Danger}; none for a closed review
   * @param decidedBy the name of whoever decided
   */
  record ShownRow(
      @Nullable String name, Review.Row row, List<String> dangers, @Nullable String decidedBy) {}

  /**
   * A review with what is still to be decided.
   *
   * @param hash SHA-256 of the evidence as the log names it, hexadecimal; null while it is open
   */
  record ShownReview(
      UUID id,
      Instant openedAt,
      String openedBy,
      @Nullable Instant closedAt,
      @Nullable String closedBy,
      long undecided,
      List<ShownRow> rows,
      @Nullable String openedByName,
      @Nullable String closedByName,
      @Nullable String hash) {}

  /** One line of the list. */
  record ShownHead(
      UUID id, Instant openedAt, @Nullable Instant closedAt, int rows, long undecided) {
    static ShownHead of(Review review) {
      return new ShownHead(
          review.id(),
          review.openedAt(),
          review.closedAt(),
          review.rows().size(),
          review.undecided());
    }
  }

  /** Whether it is time, and all there were. */
  record ShownReviews(Reviews.State state, List<ShownHead> reviews) {}

  /**
   * What is decided.
   *
   * @param decision {@code KEEP}, {@code CHANGE} or {@code END}
   * @param role the other role, for a change
   * @param store where it counts, or null for all
   */
  record Decide(String decision, @Nullable String role, @Nullable UUID store) {}

  /** How often. */
  record Rhythm(Integer days) {}

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access review = Access.person(PermissionKey.ACCESS_REVIEW);
    return List.of(
        Route.get(Routes.REVIEWS, review, this::list),
        Route.post(Routes.REVIEWS, review, this::open),
        Route.post(Routes.REVIEW_RHYTHM, review, this::rhythm),
        Route.get(Routes.REVIEW, review, this::show),
        Route.get(Routes.REVIEW_EVIDENCE, review, this::evidence),
        Route.post(Routes.REVIEW_ROW, review, this::decide),
        Route.post(Routes.REVIEW_CLOSE, review, this::close));
  }

  private void list(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    Instant since = tenants.find(caller.tenant()).orElseThrow().created();
    exchange.answerJson(
        tenants.<ShownReviews, SQLException>read(
            caller.tenant(),
            scope ->
                new ShownReviews(
                    reviews.state(scope, since),
                    reviews.list(scope).stream().map(ShownHead::of).toList())));
  }

  private void show(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    UUID id = exchange.pathId("id");
    exchange.answerJson(
        tenants.<ShownReview, SQLException>read(
            caller.tenant(), scope -> shown(scope, reviews.review(scope, id))));
  }

  /** Byte for byte what the entry in the log is the hash of. */
  private void evidence(Exchange exchange) throws Exception {
    Caller caller = everywhere(exchange);
    UUID id = exchange.pathId("id");
    String evidence =
        tenants
            .<Optional<String>, SQLException>read(
                caller.tenant(), scope -> reviews.evidence(scope, id))
            .orElseThrow(NotTheirsException::new);
    exchange.answerJsonBytes(evidence.getBytes(StandardCharsets.UTF_8));
  }

  private void open(Exchange exchange) throws Exception {
    exchange.answerJson(
        write(exchange, (scope, acting) -> shown(scope, reviews.open(scope, acting))));
  }

  private void rhythm(Exchange exchange) throws Exception {
    Rhythm request = Exchange.document(exchange.body(REQUEST_BYTES), Rhythm.class);
    Integer days = request.days();
    if (days == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    exchange.answerJson(
        write(
            exchange,
            (scope, acting) -> {
              reviews.setDays(scope, acting, days);
              return new Done("set");
            }));
  }

  private void decide(Exchange exchange) throws Exception {
    UUID review = exchange.pathId("id");
    UUID subject = exchange.pathId("subject");
    Decide request = Exchange.document(exchange.body(REQUEST_BYTES), Decide.class);
    Review.Decision decision =
        Arrays.stream(Review.Decision.values())
            .filter(each -> each.name().equals(request.decision()))
            .findFirst()
            .orElseThrow(() -> RefusedRequest.malformed("A decision is KEEP, CHANGE or END."));
    exchange.answerJson(
        write(
            exchange,
            (scope, acting) -> {
              reviews.decide(
                  scope,
                  acting,
                  review,
                  subject,
                  new Reviews.Verdict(decision, request.role(), request.store()));
              return new Done("decided");
            }));
  }

  private void close(Exchange exchange) throws Exception {
    UUID id = exchange.pathId("id");
    exchange.answerJson(
        write(exchange, (scope, acting) -> shown(scope, reviews.close(scope, acting, id))));
  }

  private ShownReview shown(TenantScope scope, Review review) throws SQLException {
    Map<UUID, String> names = new HashMap<>();
    Map<UUID, Rights> rights = new HashMap<>(people.rights(scope));
    for (Person person : people.list(scope)) {
      names.put(person.id(), person.name());
    }
    for (ApiKeys.ApiKey key : keys.list(scope)) {
      names.put(key.id(), key.name());
      rights.put(key.id(), Rights.everywhere(key.role()));
    }
    Called called = Called.of(people, scope);
    List<ShownRow> rows =
        review.rows().stream()
            .map(
                row ->
                    new ShownRow(
                        names.get(row.subject()),
                        row,
                        review.isOpen()
                            ? dangers(rights.getOrDefault(row.subject(), Rights.NONE))
                            : List.of(),
                        called.of(row.decidedBy())))
            .toList();
    return new ShownReview(
        review.id(),
        review.openedAt(),
        review.openedBy(),
        review.closedAt(),
        review.closedBy(),
        review.undecided(),
        rows,
        called.of(review.openedBy()),
        called.of(review.closedBy()),
        reviews
            .evidence(scope, review.id())
            .map(text -> Hash.of(text.getBytes(StandardCharsets.UTF_8)).toHex())
            .orElse(null));
  }

  /** In whichever place. */
  private static List<String> dangers(Rights rights) {
    return Stream.concat(Stream.of(rights.everywhere()), rights.inStores().values().stream())
        .flatMap(role -> Danger.of(role).stream())
        .distinct()
        .sorted()
        .map(Danger::code)
        .toList();
  }

  /** What is done and gives something back. */
  @FunctionalInterface
  private interface Work<T> {
    T run(TenantScope scope, Acting acting) throws SQLException;
  }

  private <T> T write(Exchange exchange, Work<T> work) throws SQLException {
    Caller caller = exchange.caller();
    return tenants.<T, SQLException>write(
        caller.tenant(), scope -> work.run(scope, Acting.of(caller)));
  }

  private static Caller everywhere(Exchange exchange) {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(PermissionKey.ACCESS_REVIEW)) {
      throw Gate.notPermitted();
    }
    return caller;
  }
}
