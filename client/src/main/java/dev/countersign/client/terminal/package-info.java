/** Card terminals that the till asks: the port, one over a network, and a simulated one. */
@NullMarked
package dev.countersign.client.terminal;

import org.jspecify.annotations.NullMarked;
