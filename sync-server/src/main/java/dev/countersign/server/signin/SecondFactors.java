package dev.countersign.server.signin;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.Hkdf;
import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.server.signin.AccountTable.Account;
import dev.countersign.server.tenant.TenantScope;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Codes of an app and recovery codes: set up, checked, used once. */
final class SecondFactors {
  private static final String ONE_TIME_CODE = "[0-9]{6}";

  private final AccountTable accounts;
  private final SecureRandom random;
  private final OneTimeCodes codes = new OneTimeCodes();

  SecondFactors(AccountTable accounts, SecureRandom random) {
    this.accounts = accounts;
    this.random = random;
  }

  /** What a right code is used up as. */
  sealed interface Proof {
    /** The person has no second factor. */
    record NotAsked() implements Proof {}

    /** A code of an app. */
    record Step(long step) implements Proof {}

    /** A recovery code. */
    record Recovery(Hash code) implements Proof {}

    default boolean isStrong() {
      return !(this instanceof NotAsked);
    }
  }

  /** Makes a secret that counts once a code of it was shown; an unconfirmed one goes. */
  Secret begin(TenantScope scope, UUID person) throws SQLException {
    Secret secret = Secret.random(OneTimeCodes.SECRET, random);
    try (Secret key = key(scope)) {
      accounts.setFactor(scope, person, Sealing.seal(key, secret.bytes(), label(person), random));
      return secret;
    }
  }

  /** Confirms with a first code; the recovery codes, or empty when the code is not right. */
  Optional<List<String>> confirm(TenantScope scope, Account account, String code)
      throws SQLException {
    OptionalLong step = step(scope, account, code);
    UUID person = account.person().id();
    if (step.isEmpty() || !accounts.useStep(scope, person, step.getAsLong())) {
      return Optional.empty();
    }
    List<String> recovery = RecoveryCodes.make(random);
    accounts.setRecoveryCodes(scope, person, recovery);
    return Optional.of(recovery);
  }

  /** Looks whether a code is right and changes nothing, so that a wrong one costs no more. */
  Optional<Proof> check(TenantScope scope, Account account, @Nullable String code)
      throws SQLException {
    if (!account.hasFactor()) {
      return Optional.of(new Proof.NotAsked());
    }
    if (code == null) {
      return Optional.empty();
    }
    if (code.matches(ONE_TIME_CODE)) {
      OptionalLong step = account.hasApp() ? step(scope, account, code) : OptionalLong.empty();
      return step.isPresent() ? Optional.of(new Proof.Step(step.getAsLong())) : Optional.empty();
    }
    Hash hash = RecoveryCodes.hash(code);
    return accounts.hasRecoveryCode(scope, account.person().id(), hash)
        ? Optional.of(new Proof.Recovery(hash))
        : Optional.empty();
  }

  /** Uses a code up; false when another request was first. */
  boolean use(TenantScope scope, UUID person, Proof proof) throws SQLException {
    return switch (proof) {
      case Proof.NotAsked() -> true;
      case Proof.Step(long step) -> accounts.useStep(scope, person, step);
      case Proof.Recovery(Hash code) -> accounts.useRecoveryCode(scope, person, code);
    };
  }

  private OptionalLong step(TenantScope scope, Account account, String code) {
    AccountTable.Factor factor = account.factor();
    if (factor == null) {
      return OptionalLong.empty();
    }
    try (Secret key = key(scope);
        Secret secret =
            Secret.of(Sealing.open(key, factor.sealed(), label(account.person().id())))) {
      return codes.step(secret, code, scope.clock().instant(), factor.lastStep());
    } catch (WrongKeyException e) {
      throw new IllegalStateException("a second factor does not open", e);
    }
  }

  /** One key per tenant, so that a row carried to another store or person opens nowhere. */
  private static Secret key(TenantScope scope) {
    return Hkdf.expand(
        scope.sealingKey(),
        "countersign second factors v1".getBytes(StandardCharsets.UTF_8),
        Sealing.KEY_LENGTH);
  }

  private static byte[] label(UUID person) {
    return ("second factor of " + person).getBytes(StandardCharsets.UTF_8);
  }
}
