/** PINs, the wraps they open, the chest beside them, and the lock-out after wrong ones. */
@NullMarked
package dev.countersign.client.keys;

import org.jspecify.annotations.NullMarked;
