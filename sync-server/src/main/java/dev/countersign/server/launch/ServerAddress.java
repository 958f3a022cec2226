package dev.countersign.server.launch;

import java.net.URI;

/**
 * How devices reach a running server.
 *
 * @param uri without a trailing slash
 * @param pin SHA-256 of the certificate's public key, hexadecimal
 */
public record ServerAddress(URI uri, String pin) {}
