/** Benchmarks of client and server together, over real sockets. */
@NullMarked
package dev.countersign.app.bench;

import org.jspecify.annotations.NullMarked;
