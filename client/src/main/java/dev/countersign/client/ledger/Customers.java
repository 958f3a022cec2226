package dev.countersign.client.ledger;

import dev.countersign.client.store.TillStore;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.sql.Db;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The customers of the business, as the server last said and as they were written here since. Kept
 * in memory. Safe for any thread.
 */
public final class Customers {
  private final TillStore store;
  private final SecureRandom random;
  private volatile @Nullable List<Found> known;

  /** A customer with everything by which they are found. */
  private record Found(Customer customer, String text, String digits) {}

  Customers(TillStore store, SecureRandom random) {
    this.store = store;
    this.random = random;
  }

  public Optional<Customer> byId(UUID id) {
    return all().stream()
        .map(Found::customer)
        .filter(customer -> customer.id().equals(id))
        .findFirst();
  }

  /** The customers with exactly this number, such as that of a scanned card. */
  public List<Customer> byNumber(String number) {
    String wanted = number.strip();
    return wanted.isEmpty()
        ? List.of()
        : all().stream()
            .map(Found::customer)
            .filter(customer -> customer.details().number().equalsIgnoreCase(wanted))
            .toList();
  }

  /**
   * Those in whose name, number or e-mail every word typed is found, or whose telephone number
   * holds the digits typed; accents do not matter. By name; everybody when nothing was typed.
   */
  public List<Customer> search(String typed, int limit) {
    List<String> words = SearchText.words(typed);
    String digits = digits(typed);
    boolean telephone = digits.length() >= 3 && typed.strip().matches("[0-9 +()/.-]+");
    return all().stream()
        .filter(
            found ->
                words.stream().allMatch(found.text()::contains)
                    || (telephone && found.digits().contains(digits)))
        .limit(limit)
        .map(Found::customer)
        .toList();
  }

  /** What changes of this device committed to and the server has not heard yet. */
  public List<CustomerWord> unsent() {
    return store.read(
        db ->
            db.list(
                "SELECT body FROM customer_word ORDER BY rowid",
                row -> Json.decode(row.bytes(1), CustomerWord.class)));
  }

  /** The server has heard it, or will never keep it. */
  public void sent(CustomerWord word) {
    store.write(
        db -> db.update("DELETE FROM customer_word WHERE commitment = ?", word.commitment()));
  }

  /** The server has erased them, and never told anybody who they were. */
  public void erased(UUID customer) {
    store.write(
        db -> {
          erase(db, customer);
          return true;
        });
    forget();
  }

  /** What is to be said of a customer from now on. */
  CustomerWord word(UUID customer, CustomerDetails details) {
    byte[] salt = new byte[CustomerWord.SALT];
    random.nextBytes(salt);
    return new CustomerWord(customer, Base64.getEncoder().encodeToString(salt), details);
  }

  static void keep(Db db, CustomerWord word) throws SQLException {
    db.update(
        "INSERT INTO customer_word (commitment, customer, body) VALUES (?, ?, ?)",
        word.commitment(),
        word.customer(),
        Json.encode(word));
  }

  /** Somebody was erased: what was written of them here goes too, sent or not. */
  static void erase(Db db, UUID customer) throws SQLException {
    db.update("DELETE FROM customer_word WHERE customer = ?", customer);
    for (String kind : List.of("customer", "customer-terms")) {
      db.update("DELETE FROM written WHERE kind = ? AND id = ?", kind, customer);
      db.update("DELETE FROM reference WHERE kind = ? AND id = ?", kind, customer);
    }
  }

  synchronized void forget() {
    known = null;
  }

  private List<Found> all() {
    List<Found> current = known;
    return current == null ? refresh() : current;
  }

  /** Under one lock with {@link #forget}, so that nothing read before a commit is kept after it. */
  private synchronized List<Found> refresh() {
    Map<UUID, CustomerTermsItem> terms =
        store.read(db -> Written.read(db, "customer-terms", CustomerTermsItem.class));
    List<Found> fresh =
        store.read(db -> Written.read(db, "customer", CustomerItem.class)).entrySet().stream()
            .map(
                each ->
                    found(
                        new Customer(
                            each.getKey(),
                            each.getValue().commitment(),
                            each.getValue().details(),
                            terms.containsKey(each.getKey())
                                ? terms.get(each.getKey()).terms()
                                : null)))
            .sorted(
                Comparator.comparing((Found each) -> each.customer().details().name())
                    .thenComparing(each -> each.customer().id()))
            .toList();
    known = fresh;
    return fresh;
  }

  private static Found found(Customer customer) {
    CustomerDetails details = customer.details();
    String text = SearchText.fold(details.name() + " " + details.number() + " " + details.email());
    return new Found(customer, text, digits(details.phone()));
  }

  private static String digits(String text) {
    return text.replaceAll("\\D", "");
  }
}
