/** Measurements of the till's own paths, each against a floor measured in the same run. */
@NullMarked
package dev.countersign.client.bench;

import org.jspecify.annotations.NullMarked;
