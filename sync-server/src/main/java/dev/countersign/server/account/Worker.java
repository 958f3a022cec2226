package dev.countersign.server.account;

import dev.countersign.common.permission.Role;
import java.util.UUID;

/** A person who works in a store, with the role that counts there. */
public record Worker(UUID id, String name, Role role) {}
