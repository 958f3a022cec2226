package dev.countersign.server.signin;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.countersign.server.signin.PasskeyTable.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks what authenticators say (W3C Web Authentication, level 2, sections 7.1 and 7.2): origin,
 * relying party, challenge, presence and verification of the person, signature and count. Which
 * make an authenticator is does not matter here, so attestation is neither asked for nor looked at.
 */
final class Authenticators {
  /** Algorithms by their COSE numbers, the preferred first: Ed25519, ES256, RS256. */
  static final List<Long> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.EdDSA.getValue(),
          COSEAlgorithmIdentifier.ES256.getValue(),
          COSEAlgorithmIdentifier.RS256.getValue());

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager checks = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter keys =
      new AttestedCredentialDataConverter(converter);

  /** A new passkey as its authenticator made it. */
  record Fresh(byte[] credential, byte[] attested, boolean eligible, long count) {}

  /** What came of a sign-in. */
  sealed interface Shown {
    /** The right authenticator with the right person before it, which counted so far. */
    record Right(long count) implements Shown {}

    /** Rightly signed, but the count went back: there are two of what should be one. */
    record Cloned() implements Shown {}

    /** Anything else. */
    record Wrong() implements Shown {}
  }

  /** The challenge that a browser says was signed; empty when there is none to be read. */
  Optional<byte[]> challenge(byte[] clientData) {
    try {
      var read =
          new com.webauthn4j.converter.CollectedClientDataConverter(converter).convert(clientData);
      return read == null || read.getChallenge() == null
          ? Optional.empty()
          : Optional.of(read.getChallenge().getValue());
    } catch (DataConversionException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A new passkey; empty when anything is not as it must be. */
  Optional<Fresh> registered(
      RelyingParty party, byte[] challenge, byte[] clientData, byte[] attestation) {
    try {
      List<PublicKeyCredentialParameters> taken =
          ALGORITHMS.stream()
              .map(
                  number ->
                      new PublicKeyCredentialParameters(
                          PublicKeyCredentialType.PUBLIC_KEY,
                          COSEAlgorithmIdentifier.create(number)))
              .toList();
      RegistrationData data =
          checks.verify(
              new RegistrationRequest(attestation, clientData),
              new RegistrationParameters(server(party, challenge), taken, true, true));
      return Optional.ofNullable(data.getAttestationObject())
          .map(AttestationObject::getAuthenticatorData)
          .flatMap(this::fresh);
    } catch (DataConversionException | VerificationException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Fresh> fresh(AuthenticatorData<?> data) {
    AttestedCredentialData attested = data.getAttestedCredentialData();
    return attested == null
        ? Optional.empty()
        : Optional.of(
            new Fresh(
                attested.getCredentialId(),
                keys.convert(attested),
                data.isFlagBE(),
                data.getSignCount()));
  }

  /** Checks a sign-in with a passkey. */
  Shown shown(
      RelyingParty party,
      byte[] challenge,
      Stored passkey,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature) {
    try {
      AuthenticationData data =
          checks.verify(
              new AuthenticationRequest(
                  passkey.credential(), authenticatorData, clientData, signature),
              new AuthenticationParameters(
                  server(party, challenge), credential(passkey), null, true, true));
      var said = data.getAuthenticatorData();
      return said == null ? new Shown.Wrong() : new Shown.Right(said.getSignCount());
    } catch (MaliciousCounterValueException _) {
      return new Shown.Cloned();
    } catch (DataConversionException | VerificationException | IllegalArgumentException _) {
      return new Shown.Wrong();
    }
  }

  private CredentialRecord credential(Stored passkey) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        passkey.eligible(),
        false,
        passkey.count(),
        keys.convert(passkey.attested()),
        new AuthenticationExtensionsAuthenticatorOutputs<>(),
        null,
        null,
        null);
  }

  private static ServerProperty server(RelyingParty party, byte[] challenge) {
    Set<com.webauthn4j.data.client.Origin> origins =
        party.origins().stream()
            .map(com.webauthn4j.data.client.Origin::create)
            .collect(Collectors.toSet());
    return new ServerProperty(origins, party.id(), new DefaultChallenge(challenge));
  }
}
