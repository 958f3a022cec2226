package dev.countersign.server.launch;

import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.feed.Compaction;
import dev.countersign.server.http.Handed;
import dev.countersign.server.http.HttpEdge;
import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.tenant.Tenants;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/**
 * A whole server that listens nowhere: requests are handed to it by method calls and answered on
 * the calling thread. What lies between a device and this is somebody else's, such as the
 * simulator's network. No command reaches it by the admin port.
 */
public final class PortlessServer implements AutoCloseable {
  private final Backroom backroom;
  private final HttpEdge edge;

  private PortlessServer(Backroom backroom, HttpEdge edge) {
    this.backroom = backroom;
    this.edge = edge;
  }

  /**
   * Takes the data folder and opens every tenant.
   *
   * @param reachedAs what stands in enrolment codes
   * @throws dev.countersign.server.config.DataFolder.BusyException when another process, or this
   *     one, has the folder
   */
  public static PortlessServer open(ServerConfig config, URI reachedAs, Surroundings surroundings)
      throws IOException, SQLException {
    Backroom backroom = Backroom.open(config.data(), surroundings);
    try {
      TlsCertificate certificate =
          TlsCertificate.load(
              backroom.folder().tls(), Set.of(config.host()), surroundings.clock().instant());
      HttpEdge edge =
          new HttpEdge(
              config,
              certificate,
              backroom.sessions(),
              backroom.gate(),
              backroom.watch(),
              backroom.routes(),
              surroundings.requestLog(),
              surroundings.clock(),
              surroundings.nanoTime());
      backroom.reachableAt(new ServerAddress(reachedAs, certificate.pin()));
      return new PortlessServer(backroom, edge);
    } catch (IOException | RuntimeException e) {
      backroom.close();
      throw e;
    }
  }

  /** Answers one request. */
  public Handed.Back answer(Handed request) throws IOException {
    return edge.answer(request);
  }

  /** What an operator does with it. */
  public Provisioning provisioning() {
    return backroom.provisioning();
  }

  /** What an operator does about devices after their enrolment. */
  public DeviceCare deviceCare() {
    return backroom.deviceCare();
  }

  /** What is to be done after its data were put back from a backup. */
  public RestoreCare restoreCare() {
    return backroom.restoreCare();
  }

  /** What takes out of the feeds what no device needs. */
  public Compaction compaction() {
    return backroom.compaction();
  }

  /** Looks at one consistent state of a tenant's data, for whoever checks them. */
  public <T, E extends Exception> T look(UUID tenant, Tenants.Work<T, E> work)
      throws SQLException, E {
    return backroom.tenants().read(tenant, work);
  }

  @Override
  public void close() throws IOException, SQLException {
    backroom.close();
  }
}
