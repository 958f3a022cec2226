/** The one list of permission keys, roles made of them, and the one decision function. */
@NullMarked
package dev.countersign.common.permission;

import org.jspecify.annotations.NullMarked;
