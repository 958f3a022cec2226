package dev.countersign.server.ingest;

import dev.countersign.common.catalogue.PriceList;
import dev.countersign.common.change.Change;
import dev.countersign.common.json.Json;
import dev.countersign.common.promotion.Promotion;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.protocol.FeedBody.PriceListItem;
import dev.countersign.common.protocol.FeedBody.PromotionItem;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sql.Db;
import dev.countersign.server.ingest.WrittenRules.Kind;
import dev.countersign.server.ingest.WrittenRules.Writing;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every version of every promotion, price list, tax and grant to a customer that counts: what was
 * sold under an earlier one is judged by that one. The changes of a batch are carried on as they
 * are judged.
 */
final class WrittenVersions {
  private final Map<Key, Integer> newest = new HashMap<>();
  private final Map<Promised, Promotion> promotions = new HashMap<>();
  private final Map<Promised, PriceList> lists = new HashMap<>();
  private final Map<Promised, CustomerTerms> terms = new HashMap<>();
  private final List<Written> written = new ArrayList<>();

  private record Key(Kind kind, UUID id) {}

  private record Written(UUID id, long change, Writing writing) {}

  /** A version of a promotion, a price list, or of what a customer was granted. */
  record Promised(UUID id, int version) {}

  void load(Db db, Kind kind, UUID id) throws SQLException {
    db.first(
            "SELECT max(version) FROM written_version WHERE kind = ? AND id = ?",
            row -> row.integer(1),
            kind.wireName(),
            id)
        .ifPresent(version -> newest.put(new Key(kind, id), Math.toIntExact(version)));
  }

  /** What stands of something that was written in another place than a change as well. */
  void stands(Kind kind, UUID id, int version) {
    newest.put(new Key(kind, id), version);
  }

  void load(Db db, Set<Promised> named) throws SQLException {
    for (Promised each : named) {
      body(db, Kind.PROMOTION, each, PromotionItem.class)
          .ifPresent(item -> promotions.put(each, item.promotion()));
      body(db, Kind.PRICE_LIST, each, PriceListItem.class)
          .ifPresent(item -> lists.put(each, item.list()));
    }
  }

  void loadTerms(Db db, Set<Promised> named) throws SQLException {
    for (Promised each : named) {
      body(db, Kind.CUSTOMER_TERMS, each, CustomerTermsItem.class)
          .ifPresent(item -> terms.put(each, item.terms()));
    }
  }

  private static <B> Optional<B> body(Db db, Kind kind, Promised each, Class<B> type)
      throws SQLException {
    return db.first(
        "SELECT body FROM written_version WHERE kind = ? AND id = ? AND version = ?",
        row -> Json.decode(row.bytes(1), type),
        kind.wireName(),
        each.id(),
        each.version());
  }

  int version(Kind kind, UUID id) {
    return newest.getOrDefault(new Key(kind, id), 0);
  }

  Optional<Promotion> promotion(UUID id, int version) {
    return Optional.ofNullable(promotions.get(new Promised(id, version)));
  }

  Optional<PriceList> priceList(UUID id, int version) {
    return Optional.ofNullable(lists.get(new Promised(id, version)));
  }

  Optional<CustomerTerms> terms(UUID customer, int version) {
    return Optional.ofNullable(terms.get(new Promised(customer, version)));
  }

  void written(Change change, Writing writing) {
    Key key = new Key(writing.kind(), change.entity());
    // Of a superseded change nothing is written.
    if (writing.version() == newest.getOrDefault(key, 0) + 1) {
      newest.put(key, writing.version());
      if (writing.item() instanceof PromotionItem(var promotion)) {
        promotions.put(new Promised(change.entity(), writing.version()), promotion);
      }
      if (writing.item() instanceof PriceListItem(var list)) {
        lists.put(new Promised(change.entity(), writing.version()), list);
      }
      if (writing.item() instanceof CustomerTermsItem(var granted)) {
        terms.put(new Promised(change.entity(), writing.version()), granted);
      }
      written.add(new Written(change.entity(), change.number(), writing));
    }
  }

  /** Keeps what was written, and tells the devices of what is not over. */
  void write(TenantScope scope, SaleFeed feed, UUID device, Instant received) throws SQLException {
    LocalDate today = LocalDate.ofInstant(received, ZoneOffset.UTC);
    for (Written each : written) {
      UUID id = each.id();
      Writing writing = each.writing();
      Kind kind = writing.kind();
      scope
          .db()
          .update(
              "INSERT INTO written_version (kind, id, version, device, change_number, body)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              kind.wireName(),
              id,
              writing.version(),
              device,
              each.change(),
              Json.encode(writing.item()));
      if (writing.isOver(today)) {
        feed.forget(scope, kind.wireName(), id);
      } else {
        feed.tell(scope, id, null, writing.item());
      }
    }
  }
}
