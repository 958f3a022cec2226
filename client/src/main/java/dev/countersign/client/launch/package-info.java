/** Puts the client together: the one place that makes the parts and hands them to each other. */
@NullMarked
package dev.countersign.client.launch;

import org.jspecify.annotations.NullMarked;
