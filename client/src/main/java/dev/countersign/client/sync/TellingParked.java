package dev.countersign.client.sync;

import dev.countersign.client.ledger.ParkedSales;
import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.ParkedName;
import dev.countersign.common.protocol.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server what the baskets are called that this till put aside, once it knows them. What
 * it will never keep, because the basket was taken up or the name is refused, is not told again.
 */
final class TellingParked implements Contact {
  private static final Logger LOG = LoggerFactory.getLogger(TellingParked.class);
  private static final int UNAUTHENTICATED = 401;

  private final ParkedSales parked;

  TellingParked(ParkedSales parked) {
    this.parked = parked;
  }

  @Override
  public void met(Line line) {
    for (ParkedName name : parked.unsent()) {
      switch (line.post(Routes.PARKED_NAME, Json.encode(name))) {
        case Reply.Answered _ -> parked.sent(name);
        case Reply.Refused(int status, var problem) when status != UNAUTHENTICATED -> {
          LOG.warn("the name of a parked sale was refused: {}", problem.code());
          parked.sent(name);
        }
        default -> {
          return;
        }
      }
    }
  }
}
