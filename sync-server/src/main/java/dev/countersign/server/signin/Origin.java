package dev.countersign.server.signin;

/**
 * Where a request came from.
 *
 * @param address the network address
 * @param network what one customer has of the network: the address, or an IPv6 address's /64
 */
public record Origin(String address, String network) {}
