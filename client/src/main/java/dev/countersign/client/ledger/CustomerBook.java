package dev.countersign.client.ledger;

import dev.countersign.client.ledger.ActRefusedException.Reason;
import dev.countersign.client.ledger.Recorder.State;
import dev.countersign.client.store.TillStore;
import dev.countersign.common.change.ChangeBody;
import dev.countersign.common.change.CustomerAdded;
import dev.countersign.common.change.CustomerChanged;
import dev.countersign.common.change.CustomerTermsWritten;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.CustomerDetails;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.FeedBody.CustomerItem;
import dev.countersign.common.protocol.FeedBody.CustomerTermsItem;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.common.sale.CustomerTerms;
import dev.countersign.common.sql.Db;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Customers that are added and changed on this device. The change commits to what is known of them;
 * that itself is kept beside it until the server has it.
 */
final class CustomerBook {
  private final TillStore store;
  private final Users users;
  private final Recorder recorder;
  private final Customers customers;

  CustomerBook(TillStore store, Users users, Recorder recorder, Customers customers) {
    this.store = store;
    this.users = users;
    this.recorder = recorder;
    this.customers = customers;
  }

  Customer add(Actor actor, CustomerDetails details) {
    check(actor, details);
    CustomerWord word = customers.word(recorder.newId(), details);
    store.write(
        db -> {
          State state = State.read(db);
          recorder.append(db, actor, state, word.customer(), new CustomerAdded(word.commitment()));
          keep(db, state, word);
          return true;
        });
    customers.forget();
    return new Customer(word.customer(), word.commitment(), details, null);
  }

  Customer change(Actor actor, UUID id, CustomerDetails details) {
    check(actor, details);
    CustomerWord word = customers.word(id, details);
    store.write(
        db -> {
          CustomerItem standing =
              Written.one(db, "customer", id, CustomerItem.class)
                  .orElseThrow(() -> new ActRefusedException(Reason.DOES_NOT_FIT));
          ChangeBody body = new CustomerChanged(standing.commitment(), word.commitment());
          State state = State.read(db);
          recorder.append(db, actor, state, id, body);
          keep(db, state, word);
          return true;
        });
    customers.forget();
    return customers.byId(id).orElseThrow(() -> new ActRefusedException(Reason.DOES_NOT_FIT));
  }

  /** Only on top of what is shown: another version was granted on other grounds. */
  void grant(Actor actor, UUID id, CustomerTerms terms) {
    if (CardNumbers.isIn(terms.exemption())) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (!terms.fits()) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    users.require(actor, List.of(PermissionKey.CUSTOMER_TERMS));
    store.write(
        db -> {
          boolean known = Written.one(db, "customer", id, CustomerItem.class).isPresent();
          int version =
              Written.one(db, "customer-terms", id, CustomerTermsItem.class)
                  .map(item -> item.terms().version())
                  .orElse(0);
          if (!known || terms.version() != version + 1) {
            throw new ActRefusedException(Reason.DOES_NOT_FIT);
          }
          State state = State.read(db);
          recorder.append(db, actor, state, id, new CustomerTermsWritten(terms));
          Written.write(db, state.change() + 1, id, new CustomerTermsItem(terms));
          return true;
        });
    customers.forget();
  }

  private static void keep(Db db, State before, CustomerWord word) throws SQLException {
    Customers.keep(db, word);
    Written.write(
        db,
        before.change() + 1,
        word.customer(),
        new CustomerItem(word.commitment(), word.details()));
  }

  private void check(Actor actor, CustomerDetails details) {
    if (details.texts().anyMatch(CardNumbers::isIn)) {
      throw new ActRefusedException(Reason.CARD_NUMBER);
    }
    if (!details.fits()) {
      throw new ActRefusedException(Reason.DOES_NOT_FIT);
    }
    users.require(actor, List.of(PermissionKey.CUSTOMER_EDIT));
  }
}
