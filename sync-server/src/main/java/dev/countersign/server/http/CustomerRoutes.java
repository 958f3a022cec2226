package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.CustomerWord;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.customer.CustomerDesk;
import dev.countersign.server.customer.CustomerDesk.Heard;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Where devices tell who their changes speak of, and a customer is erased. */
public final class CustomerRoutes {
  private static final int WORD_BYTES = 8 * 1024;

  private final Tenants tenants;
  private final CustomerDesk desk;

  public CustomerRoutes(Tenants tenants, CustomerDesk desk) {
    this.tenants = tenants;
    this.desk = desk;
  }

  /** Answers what has no answer of its own. */
  record CustomerDone(String status) {}

  public List<Route> routes() {
    return List.of(
        Route.post(Routes.CUSTOMER_DETAILS, Access.DEVICE, this::hear),
        Route.post(Routes.CUSTOMER_ERASE, Access.person(PermissionKey.CUSTOMER_EDIT), this::erase));
  }

  private void hear(Exchange exchange) throws Exception {
    SignedIn device = exchange.device();
    CustomerWord word = Exchange.document(exchange.body(WORD_BYTES), CustomerWord.class);
    if (word.customer() == null || word.salt() == null || word.details() == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    if (!word.details().fits() || word.salt().length() > 2 * CustomerWord.SALT) {
      throw RefusedRequest.malformed("A field cannot hold this.");
    }
    Heard heard =
        tenants.<Heard, SQLException>write(device.tenant(), scope -> desk.hear(scope, word));
    switch (heard) {
      case KEPT -> exchange.answerJson(new CustomerDone("kept"));
      case ERASED -> throw RefusedRequest.of(409, Problem.ERASED, "This customer was erased.");
      case TOO_MANY -> throw RefusedRequest.malformed("Too many details of one customer.");
    }
  }

  private void erase(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID customer = exchange.pathId("id");
    boolean there =
        caller.mayEverywhere(PermissionKey.CUSTOMER_EDIT)
            && tenants.<Boolean, SQLException>write(
                caller.tenant(), scope -> desk.erase(scope, Gate.by(caller), customer));
    if (!there) {
      throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
    }
    exchange.answerJson(new CustomerDone("erased"));
  }
}
