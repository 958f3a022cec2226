/** Carrying a tenant from a file into PostgreSQL, and believing nothing about the way. */
@NullMarked
package dev.countersign.server.move;

import org.jspecify.annotations.NullMarked;
