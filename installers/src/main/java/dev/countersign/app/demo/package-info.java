/** The demonstration: a shop on this machine, and the replay of real sales. */
@NullMarked
package dev.countersign.app.demo;

import org.jspecify.annotations.NullMarked;
