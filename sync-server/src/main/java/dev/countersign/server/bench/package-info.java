/** Benchmarks of the server's side, each against a floor measured in the same run. */
@NullMarked
package dev.countersign.server.bench;

import org.jspecify.annotations.NullMarked;
