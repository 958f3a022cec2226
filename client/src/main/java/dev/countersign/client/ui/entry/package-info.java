/** How people get in: enrolment and the PIN. The till and the office both begin here. */
@NullMarked
package dev.countersign.client.ui.entry;

import org.jspecify.annotations.NullMarked;
