/** The sealed set of facts that a till records and a server judges. */
@NullMarked
package dev.countersign.common.change;

import org.jspecify.annotations.NullMarked;
