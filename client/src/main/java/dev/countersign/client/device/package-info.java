/** What stands on the counter: receipts as text and bytes, and the printers that take them. */
@NullMarked
package dev.countersign.client.device;

import org.jspecify.annotations.NullMarked;
