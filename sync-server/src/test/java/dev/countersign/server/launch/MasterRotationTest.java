package dev.countersign.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.PrivateFiles;
import dev.countersign.server.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new master key for data that stay what they are. */
class MasterRotationTest {
  @TempDir Path data;
  private String logKey;

  @BeforeEach
  void aServerThatWasUsed() throws Exception {
    try (RunningServer shop = new RunningServer(data)) {
      logKey = shop.desk().logKey(shop.tenant.id());
    }
  }

  private Path file(String name) {
    return data.resolve(name);
  }

  private void rotate() throws Exception {
    try (Backroom backroom = Backroom.open(data, Surroundings.real())) {
      backroom.masterCare().rotate();
    }
  }

  private void assertEverythingOpens() throws Exception {
    try (SyncServer server = SyncServer.start(ServerConfig.in(data))) {
      var tenant = server.provisioning().tenants().getFirst();
      assertThat(server.provisioning().logKey(tenant.id())).isEqualTo(logKey);
      assertThat(server.provisioning().users(tenant.id())).hasSize(1);
    }
    assertThat(file("master.key.next")).doesNotExist();
    assertThat(file("control.db.next")).doesNotExist();
  }

  @Test
  void everythingIsSealedAnewAndTheOldKeyOpensNothing() throws Exception {
    byte[] before = Files.readAllBytes(file("master.key"));
    rotate();
    assertThat(Files.readAllBytes(file("master.key"))).isNotEqualTo(before);
    assertEverythingOpens();
    PrivateFiles.write(file("master.key"), before);
    assertThatThrownBy(() -> SyncServer.start(ServerConfig.in(data)))
        .hasMessageContaining("master key");
  }

  @Test
  void keyChangeInterrupted() throws Exception {
    byte[] oldKey = Files.readAllBytes(file("master.key"));
    byte[] oldControl = Files.readAllBytes(file("control.db"));
    rotate();
    byte[] newKey = Files.readAllBytes(file("master.key"));
    byte[] newControl = Files.readAllBytes(file("control.db"));

    PrivateFiles.write(file("master.key"), oldKey);
    PrivateFiles.write(file("master.key.next"), newKey);
    assertEverythingOpens();
    assertThat(Files.readAllBytes(file("master.key"))).isEqualTo(newKey);

    PrivateFiles.write(file("master.key"), oldKey);
    PrivateFiles.write(file("control.db"), oldControl);
    PrivateFiles.write(file("master.key.next"), newKey);
    PrivateFiles.write(file("control.db.next"), newControl);
    assertEverythingOpens();
    assertThat(Files.readAllBytes(file("master.key"))).isEqualTo(oldKey);
  }

  @Test
  void itIsNotDoneUnderARunningServer() throws Exception {
    try (Backroom backroom = Backroom.open(data, Surroundings.real())) {
      backroom.reachableAt(new ServerAddress(java.net.URI.create("https://localhost"), ""));
      assertThatThrownBy(() -> backroom.masterCare().rotate()).isInstanceOf(RefusedException.class);
    }
    assertEverythingOpens();
  }
}
