/**
 * Gift cards and store credit: append-only ledgers, and what of them is reserved for which till.
 */
@NullMarked
package dev.countersign.server.credit;

import org.jspecify.annotations.NullMarked;
