package dev.countersign.server.http;

import dev.countersign.common.protocol.Routes;
import dev.countersign.server.tenant.Tenants;
import java.util.List;

/** Tells a watcher whether the server can do its work; says nothing about anybody. */
public final class HealthRoute {
  private final Tenants tenants;

  public HealthRoute(Tenants tenants) {
    this.tenants = tenants;
  }

  /** What a watcher reads. */
  record Health(String status) {}

  public List<Route> routes() {
    return List.of(Route.get(Routes.HEALTH, Access.OPEN, this::answer));
  }

  private void answer(Exchange exchange) throws Exception {
    // Enough to know that keys and disk are there; `doctor` looks at every tenant.
    tenants.list();
    exchange.answerJson(new Health("ok"));
  }
}
