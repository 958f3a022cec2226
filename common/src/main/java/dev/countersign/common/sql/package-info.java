/**
 * An encrypted SQLite file and the thin JDBC layer over it; holds no statement of its own but
 * pragmas.
 */
@NullMarked
package dev.countersign.common.sql;

import org.jspecify.annotations.NullMarked;
