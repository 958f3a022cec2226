/** Stores, registers, users and devices; how a device is enrolled and signs in. */
@NullMarked
package dev.countersign.server.account;

import org.jspecify.annotations.NullMarked;
