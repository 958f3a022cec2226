package dev.countersign.server.feed;

import dev.countersign.common.catalogue.Handling;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.FeedBody;
import dev.countersign.common.sql.Db;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be minded of the products that there are or ever were. */
final class MindedProducts {
  /** As it stands in the body of a product that says anything of it. */
  private static final String HANDLING = "\"handling\":";

  /** As they stand in the body of a product that is taxed. */
  private static final String TAXES = "\"taxes\":";

  /** So many products are asked for with whatever else is asked. */
  private static final int FEW = 2;

  private static final int AT_ONCE = 32;

  private static final String HANDLINGS =
      "WITH wanted (id) AS (VALUES "
          + String.join(",", Collections.nCopies(AT_ONCE, "(?)"))
          + """
          ) SELECT id,
            (SELECT body FROM feed WHERE kind = 'product' AND entity = wanted.id),
            coalesce(
              (SELECT 1 FROM feed WHERE kind = 'product' AND entity = wanted.id),
              (SELECT 1 FROM feed_gone WHERE entity = wanted.id))
          FROM wanted\
          """;

  /** What is to be minded of a product; of one that is gone nothing. Empty where never was any. */
  Db.Answer<Optional<Handling>> soon(TenantScope scope, UUID product) throws SQLException {
    return scope
        .db()
        .firstSoon(
            "SELECT body FROM feed WHERE kind = 'product' AND entity = ?"
                + " UNION ALL SELECT NULL FROM feed_gone WHERE entity = ?",
            row -> of(row.bytesOrNull(1)),
            product,
            product);
  }

  /**
   * The same for many products, of those that there are or ever were. A few are asked for together
   * with whatever else is asked; many by themselves, each once, over a network in one way.
   */
  Db.Answer<Map<UUID, Handling>> soon(TenantScope scope, Set<UUID> products) throws SQLException {
    if (products.size() > FEW) {
      Map<UUID, Handling> known = all(scope.db(), List.copyOf(products));
      return () -> known;
    }
    Map<UUID, Db.Answer<Optional<Handling>>> asked = new HashMap<>();
    for (UUID product : products) {
      asked.put(product, soon(scope, product));
    }
    return () -> {
      Map<UUID, Handling> known = new HashMap<>();
      for (var each : asked.entrySet()) {
        each.getValue().get().ifPresent(one -> known.put(each.getKey(), one));
      }
      return known;
    };
  }

  private static Map<UUID, Handling> all(Db db, List<UUID> products) throws SQLException {
    Map<UUID, Handling> known = new HashMap<>();
    for (int from = 0; from < products.size(); from += AT_ONCE) {
      @Nullable Object[] chunk = new @Nullable Object[AT_ONCE];
      for (int i = 0; i < AT_ONCE && from + i < products.size(); i++) {
        chunk[i] = products.get(from + i);
      }
      db.each(
          HANDLINGS,
          row -> {
            if (row.integerOrNull(3) != null) {
              known.put(row.uuid(1), of(row.bytesOrNull(2)));
            }
          },
          chunk);
    }
    return known;
  }

  /** Most products say nothing of it, and nobody reads the rest of them. */
  static Handling of(byte @Nullable [] body) {
    return body != null && says(body, HANDLING)
        ? Json.decode(body, FeedBody.ProductItem.class).handled()
        : Handling.NONE;
  }

  /** How a product is taxed, by its body; one that is gone is not. */
  static List<UUID> taxesOf(byte @Nullable [] body) {
    return body != null && says(body, TAXES)
        ? Json.decode(body, FeedBody.ProductItem.class).taxes()
        : List.of();
  }

  private static boolean says(byte[] body, String field) {
    // By bytes: in a text the quotes would stand behind a stroke.
    return new String(body, StandardCharsets.ISO_8859_1).contains(field);
  }
}
