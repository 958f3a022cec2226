/** Keeps what must not be stored out of every text that comes in. */
@NullMarked
package dev.countersign.common.guard;

import org.jspecify.annotations.NullMarked;
