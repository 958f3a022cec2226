/** The key stores of the systems a till runs on, as chests, and the choice among them. */
@NullMarked
package dev.countersign.client.chest;

import org.jspecify.annotations.NullMarked;
