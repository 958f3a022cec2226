package dev.countersign.server.launch;

import dev.countersign.server.account.By;
import dev.countersign.server.http.ReviewRoutes;
import dev.countersign.server.http.Route;
import dev.countersign.server.http.SupportRoutes;
import dev.countersign.server.review.Review;
import dev.countersign.server.review.Reviews;
import dev.countersign.server.signin.Door;
import dev.countersign.server.support.Access;
import dev.countersign.server.support.Support;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Who looks over whom: the access review, and the operator's way to a business's data. */
public final class Oversight {
  private final Tenants tenants;
  private final Reviews reviews;
  private final Support support;
  private final List<Route> routes;

  Oversight(Tenants tenants, Reviews reviews, Support support, Door door) {
    this.tenants = tenants;
    this.reviews = reviews;
    this.support = support;
    this.routes =
        Stream.concat(
                new ReviewRoutes(tenants, reviews, door.keys()).routes().stream(),
                new SupportRoutes(tenants, support).routes().stream())
            .toList();
  }

  List<Route> routes() {
    return routes;
  }

  /**
   * Lets a command of the operator at a business's data, or not.
   *
   * @throws dev.countersign.server.account.RefusedException when it needs an owner's approval and
   *     has none
   */
  public void pass(UUID tenant, Touch touch, String command) throws SQLException {
    if (touch != Touch.SERVER) {
      tenants.<Boolean, SQLException>write(
          tenant,
          scope -> {
            support.pass(scope, touch, command);
            return true;
          });
    }
  }

  /** Asks the owner; see {@link Support#ask}. */
  public Access ask(UUID tenant, String reason, int hours, boolean writing, boolean lockedOut)
      throws SQLException {
    return tenants.<Access, SQLException>write(
        tenant, scope -> support.ask(scope, reason, hours, writing, lockedOut));
  }

  /** What was asked so far. */
  public List<Access> asked(UUID tenant) throws SQLException {
    return tenants.<List<Access>, SQLException>read(tenant, support::list);
  }

  /** How the operator stands to a business. */
  public Support.Door door(UUID tenant) throws SQLException {
    return tenants.<Support.Door, SQLException>read(tenant, support::door);
  }

  /** Notes, at its creation, that a business runs its server itself. */
  void runsItself(UUID tenant) throws SQLException {
    tenants.<Boolean, SQLException>write(
        tenant,
        scope -> {
          support.setSelfRun(scope, By.OPERATOR, true);
          return true;
        });
  }

  /** Whether a review is due. */
  public Reviews.State reviewState(Tenant tenant) throws SQLException {
    return tenants.<Reviews.State, SQLException>read(
        tenant.id(), scope -> reviews.state(scope, tenant.created()));
  }

  /** Every review. */
  public List<Review> reviews(UUID tenant) throws SQLException {
    return tenants.<List<Review>, SQLException>read(tenant, reviews::list);
  }

  /** The bytes that the log's entry about a closed review is the hash of. */
  public Optional<String> evidence(UUID tenant, UUID review) throws SQLException {
    return tenants.<Optional<String>, SQLException>read(
        tenant, scope -> reviews.evidence(scope, review));
  }
}
