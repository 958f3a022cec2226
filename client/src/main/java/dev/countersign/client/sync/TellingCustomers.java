package dev.countersign.client.sync;

import dev.countersign.client.ledger.Customers;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server who the customers are that this device's changes commit to. What it will never
 * keep, because the customer was erased or a text is refused, is not told again.
 */
final class TellingCustomers implements Contact {
  private static final Logger LOG = LoggerFactory.getLogger(TellingCustomers.class);
  private static final int UNAUTHENTICATED = 401;

  private final Customers customers;

  TellingCustomers(Customers customers) {
    this.customers = customers;
  }

  @Override
  public void met(Line line) {
    for (CustomerWord word : customers.unsent()) {
      switch (line.post(Routes.CUSTOMER_DETAILS, Json.encode(word))) {
        case Reply.Answered _ -> customers.sent(word);
        case Reply.Refused(int status, var problem) when status != UNAUTHENTICATED -> {
          LOG.warn("details of a customer were refused: {}", problem.code());
          if (problem.code().equals(Problem.ERASED)) {
            customers.erased(word.customer());
          }
          customers.sent(word);
        }
        default -> {
          return;
        }
      }
    }
  }
}
