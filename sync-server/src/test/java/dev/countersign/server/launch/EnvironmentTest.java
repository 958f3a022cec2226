package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.common.protocol.DeviceSession;
import dev.countersign.common.protocol.Environment;
import dev.countersign.common.protocol.Problem;
import dev.countersign.common.protocol.Routes;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.tenant.OtherEnvironmentException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Practice, staging, demo and real business never mix. */
class EnvironmentTest {
  @TempDir Path data;

  @Test
  void aServerDoesNotStartOnDataOfAnotherEnvironment() throws Exception {
    SyncServer.start(ServerConfig.in(data).inEnvironment(Environment.STAGING)).close();
    assertThatThrownBy(
            () -> SyncServer.start(ServerConfig.in(data).inEnvironment(Environment.PRODUCTION)))
        .isInstanceOf(OtherEnvironmentException.class)
        .hasMessageContaining("staging");
    SyncServer.start(ServerConfig.in(data).inEnvironment(Environment.STAGING)).close();
    SyncServer.start(ServerConfig.in(data)).close();
  }

  @Test
  void aTenantOfAnotherEnvironmentIsNotTaken() throws Exception {
    try (SyncServer server =
        SyncServer.start(ServerConfig.in(data).inEnvironment(Environment.STAGING))) {
      assertThatThrownBy(() -> server.provisioning().addTenant("Shop", "USD", "production"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("staging");
      assertThat(server.provisioning().addTenant("Shop", "USD", null).environment())
          .isEqualTo(Environment.STAGING);
    }
  }

  @Test
  void theFirstTenantSettlesWhatNewDataAreFor() throws Exception {
    try (RunningServer shop = new RunningServer(data)) {
      assertThatThrownBy(() -> shop.desk().addTenant("Real", "USD", "production"))
          .isInstanceOf(RefusedException.class);
      assertThat(shop.tillTicket().text()).endsWith(".practice");
    }
  }

  @Test
  void aSessionOfAnotherEnvironmentIsRefusedAndSaysWhy() throws Exception {
    try (RunningServer shop = new RunningServer(data)) {
      RawClient client = RawClient.of(shop.server);
      var till = client.enrol(shop.tillTicket(), "Till");
      assertThat(till.certificate().environment()).isEqualTo("practice");
      var reply =
          client.post(
              Routes.SESSIONS,
              RawClient.signed(
                  new DeviceSession.Request(till.id(), client.challenge(), "production"),
                  DeviceSession.PAYLOAD_TYPE,
                  till.id(),
                  till.key()));
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.problem().code()).isEqualTo(Problem.OTHER_ENVIRONMENT);

      shop.change("UPDATE device SET environment = 'production'");
      reply =
          client.post(Routes.SESSIONS, RawClient.signIn(till.id(), till.key(), client.challenge()));
      assertThat(reply.problem().code()).isEqualTo(Problem.OTHER_ENVIRONMENT);
    }
  }
}
