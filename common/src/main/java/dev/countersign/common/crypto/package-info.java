/** Hashes, signatures, envelopes, sealing and secrets that cannot print themselves. */
@NullMarked
package dev.countersign.common.crypto;

import org.jspecify.annotations.NullMarked;
