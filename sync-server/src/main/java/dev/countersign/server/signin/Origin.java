package dev.countersign.server.signin;

import dev.countersign.server.account.DeviceSessions.SignedIn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param address the network address
 * @param network what one customer has of the network: the address, or an IPv6 address's /64
 * @param through the device over whose own session it came, or null
 */
public record Origin(String address, String network, @Nullable SignedIn through) {
  /** The device it came over, or null. */
  @Nullable UUID device() {
    return through == null ? null : through.device();
  }

  /** True unless it came over a device of another business. */
  boolean mayReach(UUID tenant) {
    return through == null || through.tenant().equals(tenant);
  }
}
