package dev.countersign.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.common.crypto.Argon2Kdf;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.UuidV7;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.sql.Migrations;
import dev.countersign.server.account.AccountSchema;
import dev.countersign.server.account.By;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.audit.AuditSchema;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.tenant.ControlFile;
import dev.countersign.server.tenant.Tenants;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long an answer takes tells nothing, because the same work is done for all. */
class SameWorkTest {
  private static final Origin ORIGIN = new Origin("192.0.2.1", "192.0.2.1", null);

  @TempDir Path data;

  @Test
  void everySignInCostsOneDerivationOfTheSamePrice() throws Exception {
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));
    UuidV7 ids = new UuidV7(clock, random);
    List<String> runs = new ArrayList<>();
    Passwords passwords =
        new Passwords(
            random,
            (password, salt, cost, length) -> {
              runs.add(cost + " " + salt.length + " " + length);
              return Argon2Kdf.derive(password, salt, cost, length);
            });
    Migrations tables =
        new Migrations(
            List.of(
                AccountSchema.TABLES,
                AuditSchema.TABLES,
                SignInSchema.TABLES,
                AuditSchema.OPENINGS));
    try (DataFolder folder = DataFolder.take(data);
        Secret master = Secret.random(32, random);
        ControlFile control =
            ControlFile.open(folder, master, random, java.time.InstantSource.system());
        Tenants tenants = new Tenants(folder, control, tables, clock, random)) {
      UUID tenant = tenants.create(ids.next(), "Shop", "USD", Environment.PRACTICE).id();
      Door door =
          new Door(
              tenants,
              control,
              new Journal(new AuditLog()),
              passwords,
              ids,
              clock,
              random,
              Optional::empty,
              Runnable::run);
      UUID person = ids.next();
      tenants.<Boolean, SQLException>write(
          tenant,
          scope -> {
            new People().add(scope, person, "Sam");
            new People().add(scope, ids.next(), "No Password");
            return true;
          });
      String code =
          tenants.<String, SQLException>write(
              tenant, scope -> door.settingUp().passwordCode(scope, By.OPERATOR, person));
      String password = "violet tractor hums 47 sideways";
      assertThat(door.settingUp().setPassword("Shop", "Sam", code, password, ORIGIN))
          .isInstanceOf(Outcome.PasswordSet.class);
      runs.clear();
      assertThat(door.signingIn().signIn("Shop", "Sam", password, null, ORIGIN))
          .isInstanceOf(Outcome.SignedIn.class);
      door.signingIn().signIn("Shop", "Sam", "wrong", null, ORIGIN);
      door.signingIn().signIn("Shop", "Sam", "wrong", "000000", ORIGIN);
      door.signingIn().signIn("Shop", "No Password", "wrong", null, ORIGIN);
      door.signingIn().signIn("Shop", "Nobody", "wrong", null, ORIGIN);
      door.signingIn().signIn("No Shop", "Sam", "wrong", null, ORIGIN);
      assertThat(runs).hasSize(6).containsOnly(runs.getFirst());
    }
  }
}
