package dev.countersign.server.tenant;

import java.time.Instant;
import java.util.UUID;

/**
 * One independent business on this server.
 *
 * @param currency ISO 4217
 * @param environment {@code production}, {@code staging}, {@code practice} or {@code demo}
 */
public record Tenant(UUID id, String name, String currency, String environment, Instant created) {
  /** The name of this tenant's audit log in its checkpoints. */
  public String logOrigin() {
    return "countersign/" + id;
  }
}
