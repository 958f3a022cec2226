package dev.countersign.app.simulate;

import dev.countersign.client.ledger.CreditSlip;
import dev.countersign.client.ledger.Purse;
import dev.countersign.client.sync.Reserving;
import dev.countersign.common.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The gift cards and slips that customers carry, from till to till. */
final class Cards {
  private final Chance chance;
  private final List<String> codes = new ArrayList<>();

  Cards(Chance chance) {
    this.chance = chance;
  }

  /** An account that nobody has heard of. */
  UUID newAccount() {
    return new UUID(chance.between(0, Long.MAX_VALUE - 1), chance.between(0, Long.MAX_VALUE - 1));
  }

  /** Hands over what a till has printed. */
  void handOver(Purse purse) {
    for (CreditSlip slip : purse.slips()) {
      codes.add(slip.code());
      purse.handedOver(slip.account());
    }
  }

  /** A customer shows a card; whether something comes of it is for the network and the server. */
  void reserve(Device till, long amount) {
    if (codes.isEmpty()) {
      return;
    }
    Reserving.Outcome outcome =
        till.reserving().reserve(chance.of(codes), Money.of(amount, Counter.USD));
    till.tell(
        switch (outcome) {
          case Reserving.Outcome.Reserved(var holding) -> "has " + holding.left() + " reserved";
          case Reserving.Outcome.Shown(_, _, var balance, var free) ->
              "hears of " + balance + ", " + free + " free";
          case Reserving.Outcome.NotACode _ -> throw new FindingException("a code is not one");
          case Reserving.Outcome.Unknown _ -> "hears that there is no such card";
          case Reserving.Outcome.Later _ -> "is told to wait with codes";
          case Reserving.Outcome.Refused(String code) -> "gets nothing reserved: " + code;
          case Reserving.Outcome.Offline(var obstacle) -> "gets nothing reserved: " + obstacle;
        });
  }
}
