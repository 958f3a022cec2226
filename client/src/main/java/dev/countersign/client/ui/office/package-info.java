/** The manager's window: today, sales and products. Uses nothing of the till's screens. */
@NullMarked
package dev.countersign.client.ui.office;

import org.jspecify.annotations.NullMarked;
