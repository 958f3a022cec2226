/** The one strict JSON mapper. */
@NullMarked
package dev.countersign.common.json;

import org.jspecify.annotations.NullMarked;
