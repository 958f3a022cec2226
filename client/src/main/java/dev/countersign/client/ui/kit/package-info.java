/** What every screen is made of: look, words, amounts, background work, scanning and controls. */
@NullMarked
package dev.countersign.client.ui.kit;

import org.jspecify.annotations.NullMarked;
