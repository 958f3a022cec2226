/** The server's operator at a business's data: only with the owner's approval, for a time. */
@NullMarked
package dev.countersign.server.support;

import org.jspecify.annotations.NullMarked;
