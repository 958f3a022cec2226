/** The only way to write what happened on this device, and the views read from it. */
@NullMarked
package dev.countersign.client.ledger;

import org.jspecify.annotations.NullMarked;
