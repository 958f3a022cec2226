/** Wire records, limits and codecs that both sides agree on. */
@NullMarked
package dev.countersign.common.protocol;

import org.jspecify.annotations.NullMarked;
