/**
 * The ways to what stands on the counter: network, device file, serial port, the system's spool.
 */
@NullMarked
package dev.countersign.client.port;

import org.jspecify.annotations.NullMarked;
