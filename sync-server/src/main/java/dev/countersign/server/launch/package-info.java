/** The composition root and the command line. */
@NullMarked
package dev.countersign.server.launch;

import org.jspecify.annotations.NullMarked;
