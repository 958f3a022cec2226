package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.FeedBody.ReceiptLogoItem;
import dev.countersign.common.protocol.FeedBody.SettingsItem;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.ReceiptLines;
import dev.countersign.common.protocol.ReceiptLogo;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Journal;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.tenant.TenantScope;
import dev.countersign.server.tenant.Tenants;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What people say of a store whose settings they may change. */
public final class StoreRoutes {
  /** Lines and a logo of {@link ReceiptLogo#MOST_ROWS} rows for both papers. */
  private static final int LINES_BYTES = 96 * 1024;

  private static final String LOGO = "receipt-logo";

  private final Tenants tenants;
  private final FeedTable feed;
  private final Journal journal;

  public StoreRoutes(Tenants tenants, FeedTable feed, Journal journal) {
    this.tenants = tenants;
    this.feed = feed;
    this.journal = journal;
  }

  public List<Route> routes() {
    Access settings = Access.person(PermissionKey.SETTINGS_EDIT);
    return List.of(
        Route.get(Routes.STORE_RECEIPT, settings, this::lines),
        Route.post(Routes.STORE_RECEIPT, settings, this::setLines));
  }

  private void lines(Exchange exchange) throws Exception {
    UUID store = store(exchange);
    exchange.answerJson(
        tenants.<ReceiptLines, Exception>read(
            exchange.caller().tenant(), scope -> said(scope, store)));
  }

  private ReceiptLines said(TenantScope scope, UUID store) throws SQLException {
    ReceiptLogo logo = logo(scope, store);
    return settings(scope, store).receiptLines().with(logo.none() ? null : logo);
  }

  private void setLines(Exchange exchange) throws Exception {
    ReceiptLines lines = Exchange.document(exchange.body(LINES_BYTES), ReceiptLines.class);
    Caller caller = exchange.caller();
    UUID store = store(exchange);
    if (!lines.fits()) {
      throw RefusedRequest.malformed(
          "There are too many lines, or one of them or the logo cannot be printed.");
    }
    exchange.answerJson(
        tenants.<ReceiptLines, Exception>write(
            caller.tenant(),
            scope -> {
              if (feed.put(scope, store, store, settings(scope, store).with(lines))) {
                note(scope, caller, store, "receipt");
              }
              ReceiptLogo said = lines.logo();
              if (said != null && setLogo(scope, store, said)) {
                note(scope, caller, store, LOGO);
              }
              return said(scope, store);
            }));
  }

  private void note(TenantScope scope, Caller caller, UUID store, String what) throws SQLException {
    journal.note(scope, Gate.by(caller), "settings.changed", store.toString(), what);
  }

  /** Whether that was another one before. */
  private boolean setLogo(TenantScope scope, UUID store, ReceiptLogo said) throws SQLException {
    if (!said.none()) {
      return feed.put(scope, store, store, new ReceiptLogoItem(said));
    }
    boolean stood = !logo(scope, store).none();
    feed.remove(scope, LOGO, store);
    return stood;
  }

  private ReceiptLogo logo(TenantScope scope, UUID store) throws SQLException {
    return feed.find(scope, LOGO, store, ReceiptLogoItem.class)
        .map(ReceiptLogoItem::logo)
        .orElse(ReceiptLogo.NONE);
  }

  /** One that is not theirs is not there. */
  private static UUID store(Exchange exchange) {
    UUID store = exchange.pathId("id");
    if (!exchange.caller().mayIn(PermissionKey.SETTINGS_EDIT, store)) {
      throw notThere();
    }
    return store;
  }

  private SettingsItem settings(TenantScope scope, UUID store) throws SQLException {
    return feed.find(scope, "settings", store, SettingsItem.class)
        .orElseThrow(StoreRoutes::notThere);
  }

  private static RefusedRequest notThere() {
    return RefusedRequest.of(404, Problem.NOT_FOUND, "Not found.");
  }
}
