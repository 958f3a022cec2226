/** The append-only audit log: its tree, its proofs and its signed checkpoints. */
@NullMarked
package dev.countersign.common.log;

import org.jspecify.annotations.NullMarked;
