package dev.countersign.server.tenant;

import dev.countersign.common.protocol.Environment;

/** A server or a tenant of another environment than the data. */
public final class OtherEnvironmentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  OtherEnvironmentException(Environment standing, Environment given) {
    super(
        "These data are for "
            + standing.word()
            + ", not for "
            + given.word()
            + ". An environment never changes: start another server in another folder.");
  }
}
