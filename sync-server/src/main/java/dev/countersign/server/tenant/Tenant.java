package dev.countersign.server.tenant;

import dev.countersign.common.protocol.Environment;
import java.time.Instant;
import java.util.UUID;

/**
 * One independent business on this server.
 *
 * @param currency ISO 4217
 * @param environment that of the whole server
 */
public record Tenant(
    UUID id, String name, String currency, Environment environment, Instant created) {
  /** The name of this tenant's audit log in its checkpoints. */
  public String logOrigin() {
    return "countersign/" + id;
  }
}
