package dev.countersign.client.ledger;

import static dev.countersign.client.ledger.TillFixture.EPOCH;
import static dev.countersign.client.ledger.TillFixture.RUM;
import static dev.countersign.client.ledger.TillFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.keys.DeviceFolder;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.protocol.FeedItem;
import dev.countersign.common.protocol.FeedPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found while the index grows behind the selling. */
class SearchIndexTest {
  private static final int MANY = 5_000;

  private static final List<String> WORDS =
      List.of(
          "Rum",
          "rumba",
          "Añejo",
          "anejo",
          "Gin",
          "ginger",
          "Йогурт",
          "иогурт",
          "Weiß",
          "weissbier",
          "소주",
          "750",
          "75",
          "cl",
          "No.",
          "tab\tbed",
          "line\nfeed",
          "-",
          "\u0301",
          "ﬁne",
          "L'Or");

  private static final List<String> TYPED =
      List.of(
          "r",
          "rum",
          "ru an",
          "añ",
          "gin",
          "ginge",
          "йог",
          "weiss",
          "weiß",
          "소",
          "75",
          "750 rum",
          "tab",
          "bed",
          "feed line",
          "fine",
          "or",
          "odd",
          "s1",
          "s12 rum",
          "1",
          "nothing");

  @TempDir Path temp;
  private TillFixture till;
  private Catalogue catalogue;
  private long cursor = 100;

  @BeforeEach
  void anEnrolledTill() throws Exception {
    till = TillFixture.in(temp);
    catalogue = till.device().catalogue();
  }

  @AfterEach
  void close() {
    till.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void howeverFarItIsASearchFindsTheSameInTheSameOrder(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Map<UUID, String> names = new LinkedHashMap<>();
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 300 + random.nextInt(100); i++) {
      UUID id = new UUID(9, i);
      names.put(id, name(random));
      items.add(FeedItem.of(i + 1, id, product("S" + i, names.get(id), "Odd", 100 + i)));
    }
    snapshot(items);
    assertThat(catalogue.isIndexed()).isFalse();
    while (!catalogue.isIndexed()) {
      change(random, names);
      assertEveryProductIsFound(names);
      step(1 + random.nextInt(120));
    }
    change(random, names);
    Map<String, List<UUID>> before = found();
    // The same rows, looked through from the first to the last.
    till.device()
        .store()
        .<Boolean, Exception>write(
            db -> {
              SearchIndex.clear(db);
              SearchIndex.leave(
                  db,
                  db.first("SELECT max(number) FROM product", row -> row.integer(1)).orElseThrow());
              return true;
            });
    assertThat(found()).isEqualTo(before);
    step(170);
    assertThat(found()).isEqualTo(before);
    till.device().replica().arrange(() -> false);
    assertThat(found()).isEqualTo(before);
    assertThat(till.device().damage()).isEmpty();
  }

  @Test
  void aProductChangesGoesAndComesOnBothSidesOfWhatIsIndexed() throws Exception {
    snapshot(many(400));
    step(200);
    for (int number : List.of(0, 199, 200, 399)) {
      UUID id = new UUID(7, number);
      hear(FeedItem.of(1, id, product("S" + number, "Changed Cane " + number, "Odd", 5)));
      assertThat(ids("rum s" + number)).as("%d", number).doesNotContain(id);
      assertThat(ids("cane " + number)).containsExactly(id);
      hear(new FeedItem(1, "product", id, true, null));
      assertThat(ids("cane")).isEmpty();
    }
    // The last number is free again and still behind what is indexed.
    UUID fresh = UUID.randomUUID();
    hear(FeedItem.of(1, fresh, product("F1", "Fresh Cane", "Odd", 5)));
    assertThat(ids("cane")).containsExactly(fresh);
    till.device().replica().arrange(() -> false);
    assertThat(ids("cane")).containsExactly(fresh);
    hear(new FeedItem(1, "product", fresh, true, null));
    assertThat(ids("cane")).isEmpty();
    assertThat(ids("rum s398")).containsExactly(new UUID(7, 398));
    assertThat(till.device().damage()).isEmpty();
  }

  @Test
  void aSaleIsCompletedBetweenTwoSteps() throws Exception {
    List<FeedItem> items = new ArrayList<>(TillFixture.feed());
    items.addAll(many(MANY));
    snapshot(items);
    till.openShift();
    List<Boolean> indexed = new ArrayList<>();
    till.device()
        .replica()
        .arrange(
            () -> {
              // Another thread: the writer is nobody's now.
              CompletableFuture.runAsync(
                      () -> till.ledger().complete(TillFixture.cashier(), TillFixture.draft()))
                  .join();
              indexed.add(catalogue.isIndexed());
              return false;
            });
    assertThat(indexed).startsWith(false, false).endsWith(true);
    assertThat(ids("anejo")).containsExactly(RUM);
  }

  @Test
  void whoeverSearchesWhileItGrowsMissesNothingAndSeesNothingTwice() throws Exception {
    snapshot(many(MANY));
    CompletableFuture<Void> growing =
        CompletableFuture.runAsync(() -> till.device().replica().arrange(() -> false));
    SplittableRandom random = new SplittableRandom(4);
    do {
      int number = random.nextInt(MANY);
      assertThat(ids("rum s" + number)).startsWith(new UUID(7, number)).doesNotHaveDuplicates();
      assertThat(ids("snapshot")).hasSize(96).doesNotHaveDuplicates();
    } while (!growing.isDone());
    growing.join();
    assertThat(catalogue.isIndexed()).isTrue();
  }

  @Test
  void whatIsEnoughIsLeftWhereItIs() throws Exception {
    snapshot(many(MANY));
    till.device().replica().arrange(() -> true);
    assertThat(catalogue.isIndexed()).isFalse();
    till.reopen();
    assertThat(till.device().catalogue().search("rum s4999", 2)).hasSize(1);
    till.device().replica().arrange(() -> false);
    assertThat(till.device().catalogue().isIndexed()).isTrue();
  }

  @Test
  void aTillThatIsTrainedOnMeanwhileFindsEverything() throws Exception {
    snapshot(many(50));
    step(20);
    DeviceFolder folder = new DeviceFolder(temp.resolve("training"));
    folder.create();
    try (OpenDevice training =
        till.device().training(folder, OpenDevice.Surroundings.ofThisMachine())) {
      assertThat(training.catalogue().isIndexed()).isTrue();
      assertThat(training.catalogue().search("snapshot", 96)).hasSize(50);
    }
  }

  @Test
  void anIndexFromBeforeIsKeptWhereItHoldsTheSameWords() throws Exception {
    snapshot(many(50));
    till.device().replica().arrange(() -> false);
    asBefore();
    assertThat(till.device().catalogue().isIndexed()).isTrue();
    assertThat(till.device().catalogue().search("snapshot", 96)).hasSize(50);
  }

  @Test
  void anIndexFromBeforeIsMadeAnewWhereItsWordsWereOthers() throws Exception {
    List<FeedItem> items = new ArrayList<>(many(50));
    items.add(FeedItem.of(1, RUM, product("Y1", "Йогурт", "Odd", 1)));
    snapshot(items);
    till.device().replica().arrange(() -> false);
    asBefore();
    assertThat(till.device().catalogue().isIndexed()).isFalse();
    assertThat(till.device().catalogue().search("йогурт", 5)).hasSize(1);
    till.device().replica().arrange(() -> false);
    assertThat(till.device().catalogue().search("йогурт", 5)).hasSize(1);
    assertThat(till.device().catalogue().search("snapshot", 96)).hasSize(50);
    assertThat(till.device().damage()).isEmpty();
  }

  /** As a program wrote the store that had every word put in as it was. */
  private void asBefore() throws Exception {
    till.device()
        .store()
        .<Boolean, Exception>write(
            db -> {
              db.execute("INSERT INTO product_search (product_search) VALUES ('rebuild')");
              db.execute("DROP TABLE search_due");
              db.execute("ALTER TABLE shift DROP COLUMN empties");
              db.execute("ALTER TABLE parked DROP COLUMN change");
              db.execute("ALTER TABLE parked DROP COLUMN told");
              db.execute("DROP TABLE recalled");
              db.execute("ALTER TABLE product_said DROP COLUMN taxes");
              db.execute("DROP TABLE gathering");
              db.execute("DROP TABLE older_sale");
              db.execute("CREATE TABLE older_sale (id, fetched, change, refunded)");
              db.execute("PRAGMA user_version = 5");
              return true;
            });
    till.reopen();
  }

  private void assertEveryProductIsFound(Map<UUID, String> names) {
    for (String typed : TYPED) {
      List<String> words = SearchText.words(typed);
      List<UUID> wanted = new ArrayList<>();
      names.forEach(
          (id, name) -> {
            List<String> its = new ArrayList<>();
            for (String part :
                (name + " S" + id.getLeastSignificantBits() + " Odd 750 ml").split(" ")) {
              its.addAll(SearchText.words(part));
            }
            if (words.stream().allMatch(word -> its.stream().anyMatch(w -> w.startsWith(word)))) {
              wanted.add(id);
            }
          });
      List<UUID> found = catalogue.search(typed, 1_000).stream().map(Product::id).toList();
      assertThat(found).as(typed).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  private Map<String, List<UUID>> found() {
    Map<String, List<UUID>> found = new LinkedHashMap<>();
    TYPED.forEach(typed -> found.put(typed, ids(typed)));
    return found;
  }

  private void change(SplittableRandom random, Map<UUID, String> names) throws Exception {
    for (int i = 0; i < 5; i++) {
      UUID id = new UUID(9, random.nextInt(450));
      if (random.nextInt(3) == 0) {
        names.remove(id);
        hear(new FeedItem(1, "product", id, true, null));
      } else {
        String name = name(random);
        names.put(id, name);
        String sku = "S" + id.getLeastSignificantBits();
        hear(FeedItem.of(1, id, product(sku, name, "Odd", random.nextInt(900))));
      }
    }
  }

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder("x");
    for (int i = random.nextInt(4); i >= 0; i--) {
      name.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return name.toString();
  }

  private static List<FeedItem> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> FeedItem.of(i + 20L, new UUID(7, i), SnapshotHarness.product(i)))
        .toList();
  }

  private List<UUID> ids(String typed) {
    return catalogue.search(typed, 96).stream().map(Product::id).toList();
  }

  private void snapshot(List<FeedItem> items) {
    till.device()
        .replica()
        .replaceAll(new FeedPage(EPOCH, cursor, false, List.of()), items.iterator());
  }

  private void hear(FeedItem item) throws Exception {
    cursor++;
    till.device().replica().apply(new FeedPage(EPOCH, cursor, false, List.of(item)));
  }

  private void step(int products) throws Exception {
    till.device()
        .store()
        .<Boolean, Exception>write(
            db -> {
              SearchIndex.step(db, products);
              return true;
            });
  }
}
