/** One tenant's log as a file that anyone can verify with the log's public key alone. */
@NullMarked
package dev.countersign.server.export;

import org.jspecify.annotations.NullMarked;
