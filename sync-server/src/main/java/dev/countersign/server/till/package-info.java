/** The server's half of the tills' keys, and what it has heard of tries on them. */
@NullMarked
package dev.countersign.server.till;

import org.jspecify.annotations.NullMarked;
