/** The cashier's screens. Each has a controller, which others use, a view and what they share. */
@NullMarked
package dev.countersign.client.ui.till;

import org.jspecify.annotations.NullMarked;
