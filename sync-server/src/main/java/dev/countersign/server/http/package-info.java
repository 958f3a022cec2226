/** Routes with their permission, limits, error mapping and the TLS edge. */
@NullMarked
package dev.countersign.server.http;

import org.jspecify.annotations.NullMarked;
