/** The one strict JSON mapper, and what goes over JSON without it. */
@NullMarked
package dev.countersign.common.json;

import org.jspecify.annotations.NullMarked;
