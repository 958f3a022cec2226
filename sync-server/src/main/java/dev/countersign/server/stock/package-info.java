/** How much of everything each store has: a projection of what ingest has stored. */
@NullMarked
package dev.countersign.server.stock;

import org.jspecify.annotations.NullMarked;
