package dev.countersign.server.config;

import dev.countersign.common.protocol.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner can set.
 *
 * @param data the folder that holds everything the server keeps
 * @param environment what new data are for, and what standing data must be for; null takes what
 *     stands there, or what the first tenant brings
 * @param host the address to listen on; loopback unless an owner says otherwise
 * @param port 0 lets the system choose one
 * @param publicHosts names and addresses that devices reach the server under; they stand in its
 *     certificate, and the first one in enrolment codes
 * @param requestTime how long one request may take to arrive
 * @param ratePerMinute requests one network address may make in a minute, on average. A whole shop
 *     stands behind one address: ten tills that push and pull every two seconds make 600
 * @param rateBurst requests one address may make at once; device, key and person have a share of
 *     their own that is as large
 * @param batchesPerMinute batches one device may send in a minute, on average, from wherever they
 *     come
 * @param batchBurst batches one device may send at once. A till that was without a network for
 *     thirty days with 3,000 sales each has 900 batches of a hundred sales
 * @param connections open connections at most; then the one that is idle longest makes room
 */
public record ServerConfig(
    Path data,
    @Nullable Environment environment,
    String host,
    int port,
    List<String> publicHosts,
    Duration requestTime,
    int ratePerMinute,
    int rateBurst,
    int batchesPerMinute,
    int batchBurst,
    int connections) {
  /** Batches a device may send in a minute unless an owner says otherwise. */
  public static final int BATCHES_PER_MINUTE = 1_500;

  /** Batches a device may send at once unless an owner says otherwise. */
  public static final int BATCH_BURST = 1_000;

  public ServerConfig {
    publicHosts = List.copyOf(publicHosts);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (host.isBlank() || publicHosts.stream().anyMatch(name -> !isHost(name))) {
      throw new IllegalArgumentException("a host is a name or an address");
    }
    boolean lets = ratePerMinute > 0 && rateBurst > 0 && batchesPerMinute > 0 && batchBurst > 0;
    if (!lets || connections < 1 || !requestTime.isPositive()) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** A server on the loopback interface, on a port of the system's choice. */
  public static ServerConfig in(Path data) {
    return new ServerConfig(
        data,
        null,
        "127.0.0.1",
        0,
        List.of(),
        Duration.ofSeconds(30),
        3_000,
        600,
        BATCHES_PER_MINUTE,
        BATCH_BURST,
        2_000);
  }

  public ServerConfig inEnvironment(Environment other) {
    return new ServerConfig(
        data,
        other,
        host,
        port,
        publicHosts,
        requestTime,
        ratePerMinute,
        rateBurst,
        batchesPerMinute,
        batchBurst,
        connections);
  }

  public ServerConfig listeningOn(String newHost, int newPort) {
    return new ServerConfig(
        data,
        environment,
        newHost,
        newPort,
        publicHosts,
        requestTime,
        ratePerMinute,
        rateBurst,
        batchesPerMinute,
        batchBurst,
        connections);
  }

  public ServerConfig reachedAs(List<String> hosts) {
    return new ServerConfig(
        data,
        environment,
        host,
        port,
        hosts,
        requestTime,
        ratePerMinute,
        rateBurst,
        batchesPerMinute,
        batchBurst,
        connections);
  }

  public ServerConfig limitedTo(int perMinute, int burst) {
    return new ServerConfig(
        data,
        environment,
        host,
        port,
        publicHosts,
        requestTime,
        perMinute,
        burst,
        batchesPerMinute,
        batchBurst,
        connections);
  }

  public ServerConfig batchesLimitedTo(int perMinute, int burst) {
    return new ServerConfig(
        data,
        environment,
        host,
        port,
        publicHosts,
        requestTime,
        ratePerMinute,
        rateBurst,
        perMinute,
        burst,
        connections);
  }

  public ServerConfig arrivingWithin(Duration time) {
    return new ServerConfig(
        data,
        environment,
        host,
        port,
        publicHosts,
        time,
        ratePerMinute,
        rateBurst,
        batchesPerMinute,
        batchBurst,
        connections);
  }

  public ServerConfig holding(int atMost) {
    return new ServerConfig(
        data,
        environment,
        host,
        port,
        publicHosts,
        requestTime,
        ratePerMinute,
        rateBurst,
        batchesPerMinute,
        batchBurst,
        atMost);
  }

  private static boolean isHost(String name) {
    return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+");
  }
}
