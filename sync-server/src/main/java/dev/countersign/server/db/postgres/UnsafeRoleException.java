package dev.countersign.server.db.postgres;

import java.io.IOException;

/** The role that a server would work as could reach past a tenant's border. */
public final class UnsafeRoleException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsafeRoleException(String message) {
    super(message);
  }
}
