package dev.countersign.server.http;

import dev.countersign.common.guard.GovernmentId;
import dev.countersign.common.protocol.Problem;
import dev.countersign.server.account.By;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.audit.AuditEntry;
import dev.countersign.server.guard.TextRefusals;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the edge kept out, in the log of whoever asked. Who has not signed in has no
 * log: such a refusal is a line of the request log only.
 */
public final class TextWatch {
  private final Tenants tenants;
  private final TextRefusals refusals;

  public TextWatch(Tenants tenants, TextRefusals refusals) {
    this.tenants = tenants;
    this.refusals = refusals;
  }

  /** Who made a request, as far as it is known. */
  record Asker(@Nullable UUID tenant, By by) {
    static Asker of(@Nullable SignedIn device, @Nullable Caller caller, String address) {
      if (caller != null) {
        return new Asker(caller.tenant(), Gate.by(caller));
      }
      return new Asker(device == null ? null : device.tenant(), new By(AuditEntry.DEVICE, address));
    }
  }

  /** A request was refused for a card number in it. */
  void refusedCard(Asker asker, Route route) throws SQLException {
    if (asker.tenant() != null) {
      tenants.<Boolean, SQLException>write(
          asker.tenant(),
          scope -> {
            refusals.refusedCard(scope, asker.by(), surface(route), 1);
            return true;
          });
    }
  }

  /** A request with government ids in it was carried out. */
  void noticed(Asker asker, Route route, Set<GovernmentId> kinds) throws SQLException {
    if (asker.tenant() != null && !kinds.isEmpty()) {
      tenants.<Boolean, SQLException>write(
          asker.tenant(),
          scope -> {
            refusals.noticed(scope, asker.by(), surface(route), kinds);
            return true;
          });
    }
  }

  static RefusedRequest cardNumber() {
    return RefusedRequest.of(
        422, Problem.CARD_NUMBER, "Card numbers are never stored: leave it out.");
  }

  static boolean isCardNumber(RefusedRequest refused) {
    return refused.problem().code().equals(Problem.CARD_NUMBER);
  }

  private static String surface(Route route) {
    return route.method() + " " + route.path();
  }
}
