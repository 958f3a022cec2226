package dev.countersign.server.tenant;

import java.util.UUID;

/**
 * A tenant that has left these files.
 *
 * @param destination the data folder of the server that it went to
 * @param done false while nobody has seen that it arrived
 */
public record Departure(UUID tenant, String destination, boolean done) {}
