package dev.countersign.server.http;

import dev.countersign.common.json.Json;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.sale.CardNumbers;
import dev.countersign.server.account.DeviceSessions;
import dev.countersign.server.account.DeviceSessions.SignedIn;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.http.TextWatch.Asker;
import dev.countersign.server.signin.Caller;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The TLS edge: every request passes the rate limit, its route's access, the action, and whatever
 * goes wrong becomes a {@link Problem}. A route can only be added with an {@link Access}.
 */
public final class HttpEdge implements AutoCloseable {
  private static final String STARTED = "countersign.started";
  private static final int HEADER_BYTES = 16 * 1024;
  private static final long STOP_MILLIS = 10_000;
  private static final long IDLE_AT_STOP_MILLIS = 100;
  private static final String BEARER = "Bearer ";

  /** What the routes are asked with; anything else is refused before it is looked at. */
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

  private final ServerConfig config;
  private final DeviceSessions sessions;
  private final Gate gate;
  private final TextWatch watch;
  private final List<Route> routes;
  private final RequestLog requestLog;
  private final RateLimit rateLimit;
  private final RateLimit holders;
  private final DeviceTurns turns;
  private final Tls tls;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Javalin javalin;

  /**
   * Prepares the edge.
   *
   * @param requestLines takes the lines of the request log
   */
  public HttpEdge(
      ServerConfig config,
      TlsCertificate certificate,
      DeviceSessions sessions,
      Gate gate,
      TextWatch watch,
      List<Route> routes,
      Consumer<String> requestLines,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.config = config;
    this.sessions = sessions;
    this.gate = gate;
    this.watch = watch;
    this.routes = List.copyOf(routes);
    this.requestLog = new RequestLog(requestLines);
    this.rateLimit = new RateLimit(config.ratePerMinute(), config.rateBurst(), nanoTime);
    this.holders = new RateLimit(config.ratePerMinute(), config.rateBurst(), nanoTime);
    this.turns = new DeviceTurns(config, nanoTime);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.tls = new Tls(certificate);
    this.javalin = Javalin.create(this::configure);
  }

  /** Listens; returns when connections are taken. */
  public void start() {
    javalin.start();
  }

  /** Answers a request that came by a method call, on the calling thread; needs no start. */
  public Handed.Back answer(Handed handed) throws IOException {
    return new HandedServlet(javalin.javalinServlet()).answer(handed);
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Every route there is. */
  public List<Route> routes() {
    return routes;
  }

  /** Shows new connections another certificate; those that are open go on. */
  public void use(TlsCertificate certificate) throws Exception {
    tls.use(certificate);
  }

  /** Takes no more requests and lets those under way end. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig javalinConfig) {
    javalinConfig.startup.showJavalinBanner = false;
    javalinConfig.startup.showOldJavalinVersionWarning = false;
    javalinConfig.startup.startupWatcherEnabled = false;
    javalinConfig.concurrency.useVirtualThreads = true;
    javalinConfig.http.defaultContentType = "application/json";
    javalinConfig.jetty.addConnector(this::connector);
    javalinConfig.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(HttpEdge::answerBelow);
        });
    javalinConfig.routes.before(this::before);
    for (Route route : routes) {
      javalinConfig.routes.addEndpoint(
          new Endpoint(
              HandlerType.findOrCreate(route.method()),
              route.path(),
              context -> answer(route, context)));
    }
    // The library answers these by itself otherwise, with the path in them.
    javalinConfig.routes.exception(
        HttpResponseException.class, (error, context) -> refuse(error, context));
    javalinConfig.routes.exception(Exception.class, (error, context) -> refuse(error, context));
    javalinConfig.requestLogger.http((context, _) -> log(context));
  }

  private Connector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    http.setIdleTimeout(config.requestTime().toMillis());
    // Devices know the server by its pinned key, not by a name: no name is refused.
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.addCustomizer(
        (request, headers) -> {
          secure(headers);
          if (!request.getMethod().matches("[A-Z]{1,20}")) {
            // The library above makes a failure of the server of it.
            throw new HttpException.RuntimeException(405);
          }
          return request;
        });
    HttpConnectionFactory requests = new HttpConnectionFactory(http);
    ServerConnector connector = new ServerConnector(server, tls.connections(), requests);
    Connections.bound(
        requests, config.connections(), config.requestTime(), connector.getScheduler());
    connector.setHost(config.host());
    connector.setPort(config.port());
    // After an outage all tills come back at once.
    connector.setAcceptQueueSize(config.connections());
    connector.setIdleTimeout(config.requestTime().toMillis());
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    return connector;
  }

  private void before(Context context) {
    context.attribute(STARTED, nanoTime.getAsLong());
    rateLimit.require(context.ip(), "Too many requests from this address.");
    if (!METHODS.contains(context.method().name())) {
      context.header("Allow", String.join(", ", METHODS));
      throw Faults.ofStatus(405);
    }
  }

  private static void secure(HttpFields.Mutable headers) {
    headers.put("Strict-Transport-Security", "max-age=31536000");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", "no-store");
  }

  private void answer(Route route, Context context) throws Exception {
    context.attribute(RequestLog.ROUTE, route.path());
    SignedIn device =
        switch (route.access()) {
          case Access.Plain.DEVICE -> signedIn(context);
          case Access.Plain _, Access.Permission _ -> null;
        };
    Caller caller =
        switch (route.access()) {
          case Access.Plain.OWN -> gate.own(context, false);
          case Access.Plain.OWN_BEFORE_FACTOR -> gate.own(context, true);
          case Access.Permission(var key) -> gate.permitted(context, key);
          case Access.Plain _ -> null;
        };
    if (device != null) {
      context.attribute(RequestLog.DEVICE, device.device());
      holders.require(device.device().toString(), "Too many requests of this device.");
    }
    if (caller != null) {
      context.attribute(RequestLog.DEVICE, caller.id());
      holders.require(caller.id().toString(), "Too many requests with this account or key.");
    }
    Asker asker = Asker.of(device, caller, context.ip());
    Exchange exchange =
        new Exchange(context, config.requestTime(), nanoTime, device, caller, gate, turns);
    try {
      refuseCardNumberIn(context);
      route.action().answer(exchange);
    } catch (RefusedRequest refused) {
      if (TextWatch.isCardNumber(refused)) {
        watch.refusedCard(asker, route);
      }
      throw refused;
    }
    watch.noticed(asker, route, exchange.found().governmentIds());
  }

  /** Paths and queries carry names as well. */
  private static void refuseCardNumberIn(Context context) {
    if (CardNumbers.isIn(context.path())
        || context.queryParamMap().values().stream()
            .anyMatch(values -> values.stream().anyMatch(CardNumbers::isIn))) {
      throw TextWatch.cardNumber();
    }
  }

  private SignedIn signedIn(Context context) throws SQLException {
    String header = context.header("Authorization");
    Optional<SignedIn> device =
        header != null && header.startsWith(BEARER)
            ? sessions.holder(header.substring(BEARER.length()))
            : Optional.empty();
    return device.orElseThrow(RefusedRequest::unauthenticated);
  }

  private static void refuse(Throwable error, Context context) {
    RefusedRequest refused = Faults.of(error);
    if (context.res().isCommitted()) {
      return;
    }
    context.res().resetBuffer();
    context.removeHeader("Content-Encoding");
    if (refused.retryAfterSeconds() > 0) {
      context.header("Retry-After", Integer.toString(refused.retryAfterSeconds()));
    }
    if (refused.status() == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context
        .status(refused.status())
        .contentType("application/json")
        .result(Json.encode(refused.problem()));
  }

  private void log(Context context) {
    Long started = context.attribute(STARTED);
    long nanos = started == null ? 0 : nanoTime.getAsLong() - started;
    requestLog.write(
        clock.instant(),
        context.ip(),
        context.method().name(),
        context.attribute(RequestLog.ROUTE),
        context.statusCode(),
        context.attribute(RequestLog.DEVICE),
        nanos / 1_000_000);
  }

  /** Answers what never came as far as a route, such as a request that is no HTTP. */
  private static boolean answerBelow(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 500;
    byte[] body = Json.encode(Faults.ofStatus(status).problem());
    response.setStatus(status);
    secure(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
