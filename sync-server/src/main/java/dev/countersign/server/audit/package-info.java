/** The append-only audit log of a tenant: entries, tree, checkpoints and proofs. */
@NullMarked
package dev.countersign.server.audit;

import org.jspecify.annotations.NullMarked;
