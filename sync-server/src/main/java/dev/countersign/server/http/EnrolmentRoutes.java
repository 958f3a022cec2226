package dev.countersign.server.http;

import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.Enrolling;
import dev.countersign.server.account.Names;
import java.util.List;

/** Where a code is turned into a device. */
public final class EnrolmentRoutes {
  private static final int REQUEST_BYTES = 16 * 1024;

  private final Enrolling enrolling;

  public EnrolmentRoutes(Enrolling enrolling) {
    this.enrolling = enrolling;
  }

  public List<Route> routes() {
    return List.of(Route.post(Routes.ENROLMENTS, Access.SIGNED_BODY, this::enrol));
  }

  private void enrol(Exchange exchange) throws Exception {
    Envelope envelope = Exchange.envelope(exchange.body(REQUEST_BYTES), Enrolment.PAYLOAD_TYPE);
    Enrolment.Request request = Exchange.document(envelope.payload(), Enrolment.Request.class);
    if (request.code() == null
        || request.publicKey() == null
        || request.mac() == null
        || request.name() == null
        || !Names.isName(request.name())) {
      throw RefusedRequest.malformed("A field is missing or the name is none.");
    }
    switch (enrolling.enrol(envelope, request, key(request), exchange.address())) {
      case Enrolling.Enrolled(var device, var answer) -> {
        exchange.noteDevice(device);
        exchange.answerJson(answer);
      }
      case Enrolling.Refused() ->
          throw RefusedRequest.of(403, Problem.CODE_REFUSED, "This code does not enrol a device.");
    }
  }

  private static VerifyKey key(Enrolment.Request request) {
    try {
      return VerifyKey.fromBase64(request.publicKey());
    } catch (IllegalArgumentException _) {
      throw RefusedRequest.malformed("publicKey is not a key.");
    }
  }
}
