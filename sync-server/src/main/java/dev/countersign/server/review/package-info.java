/** The access review: who may do what, looked at again and decided row by row. */
@NullMarked
package dev.countersign.server.review;

import org.jspecify.annotations.NullMarked;
