/** Remembers what was kept out of the data, by kind and never by value. */
@NullMarked
package dev.countersign.server.guard;

import org.jspecify.annotations.NullMarked;
