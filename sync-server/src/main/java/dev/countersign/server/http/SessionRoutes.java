package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.DeviceSessions;
import java.util.List;

/** Where a device signs in. */
public final class SessionRoutes {
  private static final int REQUEST_BYTES = 4 * 1024;

  private final DeviceSessions sessions;

  public SessionRoutes(DeviceSessions sessions) {
    this.sessions = sessions;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(Routes.CHALLENGES, Access.OPEN, this::challenge),
        Route.post(Routes.SESSIONS, Access.SIGNED_BODY, this::signIn));
  }

  private void challenge(Exchange exchange) throws Exception {
    exchange.body(REQUEST_BYTES);
    exchange.answerJson(sessions.challenge());
  }

  private void signIn(Exchange exchange) throws Exception {
    Envelope envelope = Exchange.envelope(exchange.body(REQUEST_BYTES), DeviceSession.PAYLOAD_TYPE);
    DeviceSession.Request request =
        Exchange.document(envelope.payload(), DeviceSession.Request.class);
    if (request.device() == null || request.challenge() == null || request.environment() == null) {
      throw RefusedRequest.malformed("A field is missing.");
    }
    switch (sessions.signIn(envelope, request)) {
      case DeviceSessions.Outcome.In(var token) -> {
        exchange.noteDevice(request.device());
        exchange.answerJson(token);
      }
      case DeviceSessions.Outcome.Refused() -> throw RefusedRequest.unauthenticated();
      case DeviceSessions.Outcome.OtherEnvironment() -> throw RefusedRequest.otherEnvironment();
      case DeviceSessions.Outcome.CutOff(String order) -> throw RefusedRequest.wipeOrdered(order);
    }
  }
}
