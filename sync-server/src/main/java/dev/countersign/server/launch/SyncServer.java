package dev.countersign.server.launch;

import dev.countersign.common.protocol.Environment;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.config.ServerConfig;
import dev.countersign.server.feed.Compaction;
import dev.countersign.server.feed.Notices;
import dev.countersign.server.http.HttpEdge;
import dev.countersign.server.http.Route;
import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.integration.IntegrationSecrets;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.stock.StockKeeper;
import dev.countersign.server.tenant.Tenants;
import dev.countersign.server.till.TillShares;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A running server. Everything it has answered for is on the disk, so that it may be killed at any
 * moment; closing it only spares the requests under way.
 */
public final class SyncServer implements AutoCloseable {
  private final Backroom backroom;
  private final HttpEdge edge;
  private final AdminPort adminPort;
  private final ServerAddress address;
  private final NightWatch nightWatch;
  private final StockWatch stockWatch;
  private final Tidying tidying;

  private SyncServer(
      Backroom backroom,
      HttpEdge edge,
      AdminPort adminPort,
      ServerAddress address,
      NightWatch nightWatch,
      StockWatch stockWatch,
      Tidying tidying) {
    this.stockWatch = stockWatch;
    this.nightWatch = nightWatch;
    this.tidying = tidying;
    this.backroom = backroom;
    this.edge = edge;
    this.adminPort = adminPort;
    this.address = address;
  }

  /** Starts on the real machine; see {@link #start(ServerConfig, Surroundings)}. */
  public static SyncServer start(ServerConfig config) throws IOException, SQLException {
    return start(config, Surroundings.real());
  }

  /**
   * Takes the data folder, opens every tenant and listens; returns when requests are taken.
   *
   * @throws dev.countersign.server.config.DataFolder.BusyException when another process has the
   *     folder
   * @throws dev.countersign.server.tenant.OtherEnvironmentException when the data are for another
   *     environment than the settings say
   * @throws dev.countersign.server.tenant.MasterKey.UnusableException when the master key is
   *     missing, malformed or another
   */
  public static SyncServer start(ServerConfig config, Surroundings surroundings)
      throws IOException, SQLException {
    Backroom backroom = Backroom.open(config.data(), surroundings);
    try {
      Environment wanted = config.environment();
      if (wanted != null) {
        backroom.settle(wanted);
      }
      TlsCertificate certificate =
          TlsCertificate.load(
              backroom.folder().tls(), certified(config), surroundings.clock().instant());
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
      backroom.notices().start(config.requestTime(), config.connections() / 2);
      edge.start();
      try {
        ServerAddress address =
            new ServerAddress(uri(reachedAs(config), edge.port()), certificate.pin());
        backroom.reachableAt(address);
        backroom.reloadWith(() -> reload(config, surroundings, backroom, edge, certificate));
        AdminPort adminPort = AdminPort.open(backroom, surroundings);
        NightWatch nightWatch =
            NightWatch.start(backroom.tenants(), backroom.recheck(), surroundings);
        StockWatch stockWatch = StockWatch.start(backroom.tenants(), backroom.stockKeeper());
        Tidying tidying =
            Tidying.start(backroom.tenants(), backroom.compaction(), surroundings.nanoTime());
        return new SyncServer(backroom, edge, adminPort, address, nightWatch, stockWatch, tidying);
      } catch (IOException | RuntimeException e) {
        edge.close();
        throw e;
      }
    } catch (IOException | SQLException | RuntimeException e) {
      backroom.notices().close();
      backroom.close();
      throw e;
    }
  }

  /** Where devices reach it. */
  public URI uri() {
    return address.uri();
  }

  /** SHA-256 of the certificate's public key, hexadecimal. */
  public String pin() {
    return address.pin();
  }

  /** Data that nobody has said anything about are for real business. */
  Environment settledOrProduction() throws IOException, SQLException {
    Optional<Environment> standing = backroom.environment();
    if (standing.isEmpty()) {
      backroom.settle(Environment.PRODUCTION);
    }
    return standing.orElse(Environment.PRODUCTION);
  }

  /** What an operator does with it. */
  public Provisioning provisioning() {
    return backroom.provisioning();
  }

  /** What an operator does about devices after their enrolment. */
  public DeviceCare deviceCare() {
    return backroom.deviceCare();
  }

  /** The signing keys of the server and the logs. */
  public KeyCare keyCare() {
    return backroom.keyCare();
  }

  /** What an operator does about who comes in. */
  public Admission admission() {
    return backroom.admission();
  }

  /** Who looks over whom. */
  public Oversight oversight() {
    return backroom.oversight();
  }

  /** Every route of its interface. */
  public List<Route> routes() {
    return edge.routes();
  }

  /** The secrets of other systems. */
  IntegrationSecrets secrets() {
    return backroom.secrets();
  }

  /** The server's half of the tills' keys. */
  public TillShares tillShares() {
    return backroom.tillShares();
  }

  /** What reads the logs again. */
  Recheck recheck() {
    return backroom.recheck();
  }

  /** What takes out of the feeds what no device needs. */
  public Compaction compaction() {
    return backroom.compaction();
  }

  /** What tells devices that there is something. */
  Notices notices() {
    return backroom.notices();
  }

  /** What reads the batches into the stores' levels. */
  StockKeeper stockKeeper() {
    return backroom.stockKeeper();
  }

  /** The tenants' files. */
  Tenants tenants() {
    return backroom.tenants();
  }

  @Override
  public void close() throws IOException, SQLException {
    try {
      stockWatch.close();
      nightWatch.close();
      tidying.close();
      adminPort.close();
      // Before the edge, which waits for what is under way.
      backroom.notices().close();
      edge.close();
    } finally {
      backroom.close();
    }
  }

  /** Devices pin the key: another one would lock them all out, so it is not taken. */
  private static Instant reload(
      ServerConfig config,
      Surroundings surroundings,
      Backroom backroom,
      HttpEdge edge,
      TlsCertificate running)
      throws Exception {
    TlsCertificate fresh =
        TlsCertificate.load(
            backroom.folder().tls(), certified(config), surroundings.clock().instant());
    if (!fresh.pin().equals(running.pin())) {
      throw new RefusedException(
          "The file holds another private key than the one that enrolled devices know."
              + " Make the certificate over the same key.");
    }
    edge.use(fresh);
    return fresh.expires();
  }

  private static String reachedAs(ServerConfig config) {
    return config.publicHosts().isEmpty() ? config.host() : config.publicHosts().getFirst();
  }

  private static Set<String> certified(ServerConfig config) {
    Set<String> hosts = new LinkedHashSet<>(config.publicHosts());
    hosts.add(config.host());
    hosts.add("localhost");
    hosts.add("127.0.0.1");
    return hosts;
  }

  private static URI uri(String host, int port) {
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }
}
