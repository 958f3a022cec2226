package dev.countersign.client.sync;

import dev.countersign.client.ledger.Enrolled;
import dev.countersign.client.ledger.Grants;
import dev.countersign.common.crypto.Envelope;
import dev.countersign.common.crypto.EnvelopeFormatException;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.protocol.DeviceCertificate;
import dev.countersign.common.protocol.DeviceKind;
import dev.countersign.common.protocol.Enrolment;
import dev.countersign.common.protocol.EnrolmentTicket;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Currency;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Makes this installation a device: reads the pasted code, makes a key, asks the server with proof
 * that this side holds both the key and the code, and believes the answer only with proof that the
 * other side holds the code too. A restored or copied folder is enrolled again and becomes a new
 * device.
 */
public final class Enrolling {
  private static final String NEW_KEY = "new";

  private final Function<EnrolmentTicket, ServerConnection> connect;
  private final SecureRandom random;
  private final @Nullable Environment expected;

  /**
   * Takes the way to a server and the source of keys.
   *
   * @param connect opens a connection to the code's server with the code's pin; closed here
   * @param expected the only environment that this device may be enrolled in; null allows any
   */
  public Enrolling(
      Function<EnrolmentTicket, ServerConnection> connect,
      SecureRandom random,
      @Nullable Environment expected) {
    this.connect = connect;
    this.random = random;
    this.expected = expected;
  }

  /**
   * Tries a code. Blocks as long as the network does; call it off the screen's thread.
   *
   * @param pasted the line that a manager handed over
   * @param deviceName what people will call this device, such as "Till 2"
   */
  public EnrolOutcome enrol(String pasted, String deviceName) {
    EnrolmentTicket ticket;
    try {
      ticket = EnrolmentTicket.parse(pasted);
    } catch (IllegalArgumentException _) {
      return new EnrolOutcome.NotACode();
    }
    if (expected != null && ticket.environment() != expected) {
      return new EnrolOutcome.OtherEnvironment(ticket.environment());
    }
    SigningKey key = SigningKey.generate(random);
    byte[] codeKey = Enrolment.codeKey(ticket.code(), ticket.secret());
    EnrolOutcome outcome;
    try (ServerConnection connection = connect.apply(ticket)) {
      outcome = ask(connection, ticket, codeKey, key, deviceName);
    } finally {
      Arrays.fill(codeKey, (byte) 0);
    }
    if (!(outcome instanceof EnrolOutcome.Enrolled)) {
      key.close();
    }
    return outcome;
  }

  private static EnrolOutcome ask(
      ServerConnection connection,
      EnrolmentTicket ticket,
      byte[] codeKey,
      SigningKey key,
      String name) {
    String publicKey = key.verifyKey().toBase64();
    var request =
        new Enrolment.Request(
            ticket.code(),
            publicKey,
            name,
            Enrolment.requestMac(codeKey, ticket.code(), publicKey, name));
    byte[] sealed =
        Envelope.seal(Enrolment.PAYLOAD_TYPE, Json.encode(request), NEW_KEY, key).encode();
    return switch (connection.postForJson(Routes.ENROLMENTS, sealed)) {
      case Reply.Answered answered -> believe(answered.body(), ticket, codeKey, key, name);
      case Reply.Refused refused when refused.problem().code().equals(Problem.CODE_REFUSED) ->
          new EnrolOutcome.CodeRefused();
      case Reply.CertificateChanged _ -> new EnrolOutcome.CertificateChanged();
      case Reply.NoAnswer reason -> new EnrolOutcome.NoServer(reason);
    };
  }

  private static EnrolOutcome believe(
      byte[] body, EnrolmentTicket ticket, byte[] codeKey, SigningKey key, String name) {
    try {
      Enrolment.Answer answer = Json.decodeKnown(body, Enrolment.Answer.class);
      return new EnrolOutcome.Enrolled(check(answer, ticket, codeKey, key, name));
    } catch (JacksonException | EnvelopeFormatException | NullPointerException e) {
      // A record read from JSON may lack any field; the check below names each it needs.
      return new EnrolOutcome.NotBelieved("the answer is malformed: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return new EnrolOutcome.NotBelieved(String.valueOf(e.getMessage()));
    }
  }

  private static EnrolmentResult check(
      Enrolment.Answer answer, EnrolmentTicket ticket, byte[] codeKey, SigningKey key, String name)
      throws EnvelopeFormatException {
    String publicKey = key.verifyKey().toBase64();
    String certificateText = Objects.requireNonNull(answer.certificate(), "certificate");
    String serverKeyText = Objects.requireNonNull(answer.serverKey(), "serverKey");
    String logKeyText = Objects.requireNonNull(answer.logKey(), "logKey");
    require(
        Enrolment.sameMac(answer.mac(), Enrolment.answerMac(codeKey, publicKey, answer)),
        "the answer is not from the holder of the code");
    VerifyKey serverKey = VerifyKey.fromBase64(serverKeyText);
    DeviceCertificate device =
        certificate(
            Envelope.decode(Enrolment.canonicalBase64(certificateText)),
            serverKey,
            ticket.environment());
    require(publicKey.equals(device.publicKey()), "the certificate is for another key");
    var firstUser = Objects.requireNonNull(answer.firstUser(), "firstUser");
    var enrolled =
        new Enrolled(
            device.tenant(),
            device.device(),
            device.kind(),
            device.store(),
            device.register(),
            device.series(),
            device.environment(),
            name,
            Objects.requireNonNull(answer.tenantName(), "tenantName"),
            Objects.requireNonNull(answer.storeName(), "storeName"),
            Objects.requireNonNull(answer.registerName(), "registerName"),
            Currency.getInstance(Objects.requireNonNull(answer.currency(), "currency")),
            ticket.server(),
            ticket.pin(),
            serverKey,
            LogKey.parse(logKeyText).text());
    byte[] sheet = Enrolment.canonicalBase64(Objects.requireNonNull(answer.grants(), "grants"));
    require(
        Grants.genuine(sheet, serverKey, enrolled).isPresent(),
        "the rights are not signed for this device");
    return new EnrolmentResult(
        enrolled,
        key,
        Objects.requireNonNull(answer.epoch(), "epoch"),
        new Enrolment.FirstUser(
            Objects.requireNonNull(firstUser.id(), "firstUser.id"),
            Objects.requireNonNull(firstUser.name(), "firstUser.name"),
            Objects.requireNonNull(firstUser.role(), "firstUser.role")),
        sheet,
        Enrolment.fingerprint(key.verifyKey(), serverKey));
  }

  private static DeviceCertificate certificate(
      Envelope envelope, VerifyKey serverKey, Environment environment) {
    require(
        envelope.payloadType().equals(DeviceCertificate.PAYLOAD_TYPE),
        "the certificate is a " + envelope.payloadType());
    require(envelope.verifiedBy(serverKey), "the certificate is not signed by the server");
    DeviceCertificate device = Json.decodeKnown(envelope.payload(), DeviceCertificate.class);
    Objects.requireNonNull(device.tenant(), "tenant");
    Objects.requireNonNull(device.device(), "device");
    Objects.requireNonNull(device.store(), "store");
    Objects.requireNonNull(device.series(), "series");
    Objects.requireNonNull(device.kind(), "kind");
    require(
        device.kind() == DeviceKind.OFFICE
            || (device.register() != null && !device.series().isEmpty()),
        "a till needs a register and a series of receipt numbers");
    require(
        environment.word().equals(Objects.requireNonNull(device.environment(), "environment")),
        "the certificate is of another environment than the code");
    return device;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
