/** Products from files. */
@NullMarked
package dev.countersign.server.catalogue;

import org.jspecify.annotations.NullMarked;
