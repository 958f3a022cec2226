package dev.countersign.server.http;

import dev.countersign.common.permission.PermissionKey;
import dev.countersign.common.protocol.Problem;
import dev.countersign.server.account.By;
import dev.countersign.server.account.DeviceSessions;
import dev.countersign.server.signin.Caller;
import dev.countersign.server.signin.Callers;
import dev.countersign.server.signin.LockedException;
import dev.countersign.server.signin.Origin;
import dev.countersign.server.signin.Sessions;
import io.javalin.http.Context;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks and whether they may. Programs show a token in {@code Authorization}; a
 * browser has it in a cookie, which counts only beside {@link #HEADER}. A page of another site
 * cannot send that header: browsers ask the server first, and this one never says yes. When {@code
 * Authorization} is there, the cookie is not looked at. A client of a device shows the device's own
 * token as well, and what a person began over a device is nothing without it.
 */
public final class Gate {
  /** What our own page sends with every request; any value will do. */
  static final String HEADER = "Countersign-Page";

  /** The prefix makes browsers refuse it without Secure, with a Domain, or from a subdomain. */
  static final String COOKIE = "__Host-countersign";

  /** The token of the device over which a person comes, beside the person's own. */
  static final String DEVICE = "Countersign-Device";

  private static final String BEARER = "Bearer ";

  private final Callers callers;
  private final DeviceSessions devices;

  public Gate(Callers callers, DeviceSessions devices) {
    this.callers = callers;
    this.devices = devices;
  }

  /**
   * A person or key with this permission.
   *
   * @throws RefusedRequest 401 when nobody is signed in, 403 when they may not
   */
  Caller permitted(Context context, PermissionKey key) throws SQLException {
    Caller caller = caller(context);
    if (caller.lacksFactor()) {
      throw factorNeeded();
    }
    if (!caller.may(key)) {
      throw notPermitted();
    }
    return caller;
  }

  /**
   * A person, about themselves.
   *
   * @throws RefusedRequest 401 when nobody is signed in, 403 for a key, or without the second
   *     factor that the role asks for
   */
  Caller own(Context context, boolean beforeFactor) throws SQLException {
    Caller caller = caller(context);
    if (caller.session() == null) {
      throw notPermitted();
    }
    if (caller.lacksFactor() && !beforeFactor) {
      throw factorNeeded();
    }
    return caller;
  }

  /** Who asks, for the audit log. */
  static By by(Caller caller) {
    return new By(caller.id().toString(), caller.origin().address());
  }

  static RefusedRequest notPermitted() {
    return RefusedRequest.of(403, "not-permitted", "This is not permitted.");
  }

  /**
   * Where a request comes from.
   *
   * @throws RefusedRequest 401 when it names a device that is not signed in
   */
  Origin origin(Context context) throws SQLException {
    String token = context.header(DEVICE);
    DeviceSessions.SignedIn through =
        token == null ? null : devices.holder(token).orElseThrow(RefusedRequest::unauthenticated);
    return new Origin(context.ip(), RateLimit.network(context.ip()), through);
  }

  /** True when our own page asks; what browsers say of the sending site must agree. */
  static boolean isOurPage(Context context) {
    String site = context.header("Sec-Fetch-Site");
    return context.header(HEADER) != null && (site == null || site.equals("same-origin"));
  }

  static void setCookie(Context context, String token) {
    context.header("Set-Cookie", cookie(token, Sessions.LIFE.toSeconds()));
  }

  static void dropCookie(Context context) {
    context.header("Set-Cookie", cookie("", 0));
  }

  private static String cookie(String value, long seconds) {
    return COOKIE
        + "="
        + value
        + "; Path=/; Max-Age="
        + seconds
        + "; Secure; HttpOnly; SameSite=Strict";
  }

  private Caller caller(Context context) throws SQLException {
    String token = token(context);
    if (token == null) {
      throw RefusedRequest.unauthenticated();
    }
    try {
      return callers.holder(token, origin(context)).orElseThrow(RefusedRequest::unauthenticated);
    } catch (LockedException e) {
      throw tooManyTries(e.seconds());
    }
  }

  private static @Nullable String token(Context context) {
    String header = context.header("Authorization");
    if (header != null) {
      return header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
    }
    return isOurPage(context) ? context.cookie(COOKIE) : null;
  }

  static RefusedRequest tooManyTries(int seconds) {
    return new RefusedRequest(
        429, Problem.of("too-many-tries", "Too many wrong tries; wait."), seconds);
  }

  private static RefusedRequest factorNeeded() {
    return new RefusedRequest(
        403,
        Problem.of("second-factor-needed", "Set up a second factor first, then sign in with it."),
        0);
  }
}
