package dev.countersign.app.simulate;

import dev.countersign.client.ledger.ActRefusedException;
import dev.countersign.client.ledger.Actor;
import dev.countersign.client.ledger.NotPermittedException;
import dev.countersign.client.ledger.OpenDevice;
import dev.countersign.client.ledger.Question;
import dev.countersign.client.ledger.UserView;
import dev.countersign.client.store.StoreException;
import dev.countersign.common.catalogue.Product;
import dev.countersign.common.change.StockMoved.Reason;
import dev.countersign.common.change.VerdictResolved.Resolution;
import dev.countersign.common.money.Quantity;
import dev.countersign.common.protocol.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A manager at the office's desk: decides on what the server questioned, and keeps the stock. */
final class Desk {
  private static final int MOST_PRODUCTS = 100;

  private final Chance chance;

  Desk(Chance chance) {
    this.chance = chance;
  }

  /** What a manager does at an open office. */
  private interface Work {
    void by(OpenDevice open, Actor manager);
  }

  private void work(Device office, Work work) throws Exception {
    try {
      OpenDevice open = office.open();
      List<UserView> managers =
          open.users().list().stream()
              .filter(user -> user.role().name().equals("manager"))
              .toList();
      if (!managers.isEmpty()) {
        work.by(open, new Actor(managers.getFirst().id(), null, office.clock().instant()));
      }
    } catch (PowerCut _) {
      office.crashed();
    } catch (StoreException e) {
      office.tell("cannot save: " + e.fault().getClass().getSimpleName());
    } catch (NotPermittedException | ActRefusedException e) {
      office.tell("is refused: " + e.getMessage());
    }
  }

  /** Decides on one question, if there is one. */
  void decide(Device office) throws Exception {
    work(
        office,
        (open, manager) -> {
          List<Question> questions = open.books().questions();
          if (questions.isEmpty()) {
            return;
          }
          Question question = chance.of(questions);
          Resolution decision = decision(question);
          open.ledger().decide(manager, question, decision, "");
          office.tell(
              decision
                  + ", decides a manager on "
                  + question.type()
                  + " "
                  + question.receipt()
                  + " of "
                  + question.deviceName()
                  + ", "
                  + question.code());
          office.recorded();
        });
  }

  /** A delivery comes, or something breaks. */
  void moveStock(Device office) throws Exception {
    work(
        office,
        (open, manager) -> {
          Map<UUID, Quantity> goods = goods(open);
          if (!goods.isEmpty()) {
            Reason reason = chance.of(List.of(Reason.values()));
            open.ledger().moveStock(manager, reason, goods, "");
            office.tell("a manager moves " + goods.size() + " products: " + reason);
            office.recorded();
          }
        });
  }

  /** Somebody counts what is there, as far as they see. */
  void countStock(Device office) throws Exception {
    work(
        office,
        (open, manager) -> {
          Map<UUID, Quantity> goods = goods(open);
          if (!goods.isEmpty()) {
            open.ledger().countStock(manager, goods);
            office.tell("a manager counts " + goods.size() + " products");
            office.recorded();
          }
        });
  }

  private Map<UUID, Quantity> goods(OpenDevice open) {
    Map<UUID, Quantity> goods = new TreeMap<>();
    for (Product product : open.catalogue().page(MOST_PRODUCTS, 0)) {
      if (chance.oneIn(2)) {
        goods.put(product.id(), Quantity.of(chance.between(1, 24)));
      }
    }
    return goods;
  }

  private Resolution decision(Question question) {
    if (question.verdict() != Verdict.QUARANTINED) {
      return Resolution.SEEN;
    }
    return question.acceptable() && chance.oneIn(2) ? Resolution.ACCEPT : Resolution.REJECT;
  }
}
