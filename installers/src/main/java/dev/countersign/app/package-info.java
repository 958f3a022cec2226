/** The distribution: client and server put together under one command line. */
@NullMarked
package dev.countersign.app;

import org.jspecify.annotations.NullMarked;
