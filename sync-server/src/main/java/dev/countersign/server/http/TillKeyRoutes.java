package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.TillRuleItem;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.common.protocol.TillKeys;
import dev.countersign.server.account.Devices;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.till.TillShares;
import java.util.List;
import java.util.UUID;

/** Where devices look after their keys, and people after the rule for it. */
public final class TillKeyRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;
  private static final int LONGEST_CHEST = 32;

  private final Tenants tenants;
  private final Devices devices;
  private final TillShares shares;

  public TillKeyRoutes(Tenants tenants, Devices devices, TillShares shares) {
    this.tenants = tenants;
    this.devices = devices;
    this.shares = shares;
  }

  /** It is done. */
  record Done(String status) {}

  public List<Route> routes() {
    Access settings = Access.person(PermissionKey.SETTINGS_EDIT);
    return List.of(
        Route.post(Routes.TILL_KEYS, Access.DEVICE, this::report),
        Route.post(Routes.TILL_SHARES, Access.SIGNED_BODY, this::share),
        Route.get(Routes.TILL_RULE, settings, this::rule),
        Route.post(Routes.TILL_RULE, settings, this::setRule),
        Route.post(
            Routes.DEVICE_RELEASE, Access.person(PermissionKey.DEVICE_MANAGE), this::release));
  }

  private void report(Exchange exchange) throws Exception {
    TillKeys.Report report = Exchange.document(exchange.body(REQUEST_BYTES), TillKeys.Report.class);
    if (report.shareKey() == null
        || report.tries() < 0
        || report.chest() == null
        || !report.chest().matches("[a-z-]{1," + LONGEST_CHEST + "}")) {
      throw RefusedRequest.malformed("A field is missing or out of its range.");
    }
    exchange.answerJson(
        shares.report(exchange.device(), key(report.shareKey()), report, exchange.address()));
  }

  private void share(Exchange exchange) throws Exception {
    Envelope envelope =
        Exchange.envelope(exchange.body(REQUEST_BYTES), TillKeys.SHARE_PAYLOAD_TYPE);
    TillKeys.ShareRequest request =
        Exchange.document(envelope.payload(), TillKeys.ShareRequest.class);
    if (request.device() == null || request.challenge() == null || request.tries() < 0) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    if (!shares.isOf(envelope, request)) {
      throw RefusedRequest.unauthenticated();
    }
    exchange.turns().share(request.device());
    TillKeys.Share share =
        shares
            .give(envelope, request, exchange.address())
            .orElseThrow(RefusedRequest::unauthenticated);
    exchange.noteDevice(request.device());
    exchange.answerJson(share);
  }

  private void rule(Exchange exchange) throws Exception {
    exchange.answerJson(shares.rule(exchange.caller().tenant()));
  }

  private void setRule(Exchange exchange) throws Exception {
    TillRuleItem rule = Exchange.document(exchange.body(REQUEST_BYTES), TillRuleItem.class);
    Caller caller = exchange.caller();
    // The rule is for all stores at once.
    if (!caller.mayEverywhere(PermissionKey.SETTINGS_EDIT)) {
      throw Gate.notPermitted();
    }
    if (!rule.fits()) {
      throw RefusedRequest.malformed("A figure is out of its range.");
    }
    shares.setRule(caller.tenant(), Gate.by(caller), rule);
    exchange.answerJson(new Done("set"));
  }

  private void release(Exchange exchange) throws Exception {
    Caller caller = exchange.caller();
    UUID id = exchange.pathId("id");
    tenants.<Boolean, Exception>write(
        caller.tenant(),
        scope -> {
          boolean theirs =
              devices
                  .find(scope, id)
                  .filter(device -> caller.mayIn(PermissionKey.DEVICE_MANAGE, device.store()))
                  .isPresent();
          if (!theirs || !shares.release(scope, Gate.by(caller), id)) {
            throw RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
          }
          return true;
        });
    exchange.answerJson(new Done("released"));
  }

  private static VerifyKey key(String text) {
    try {
      return VerifyKey.fromBase64(text);
    } catch (IllegalArgumentException _) {
      throw RefusedRequest.malformed("shareKey is not a key.");
    }
  }
}
