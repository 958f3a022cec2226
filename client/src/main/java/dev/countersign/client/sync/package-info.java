/** Enrols a device, sends what it recorded, takes what others changed, and says how that stands. */
@NullMarked
package dev.countersign.client.sync;

import org.jspecify.annotations.NullMarked;
