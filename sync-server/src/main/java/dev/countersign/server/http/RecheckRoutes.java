package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.recheck.RecheckTable;
import dev.countersign.server.signin.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the stored log is still what it committed to, for whoever reads the log. */
public final class RecheckRoutes {
  private final Recheck recheck;

  public RecheckRoutes(Recheck recheck) {
    this.recheck = recheck;
  }

  /**
   * Where the recheck stands.
   *
   * @param soundAt when every byte was last found as it should be, or null
   * @param soundEntries how many entries there were then
   */
  record Standing(
      Instant began,
      long entries,
      long reached,
      @Nullable Instant ended,
      @Nullable Instant soundAt,
      long soundEntries) {
    static Standing of(Pass pass) {
      return new Standing(
          pass.began(),
          pass.target(),
          pass.reached(),
          pass.ended(),
          pass.soundAt(),
          pass.soundSize());
    }
  }

  /** Where it stands, and what was ever found. */
  record Shown(@Nullable Standing standing, List<RecheckTable.Incident> incidents) {}

  public List<Route> routes() {
    return List.of(
        Route.get(Routes.AUDIT_RECHECK, Access.person(PermissionKey.AUDIT_READ), this::show));
  }

  private void show(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    if (!caller.mayEverywhere(PermissionKey.AUDIT_READ)) {
      throw Gate.notPermitted();
    }
    exchange.answerJson(
        new Shown(
            recheck.standing(caller.tenant()).map(Standing::of).orElse(null),
            recheck.incidents(caller.tenant())));
  }
}
