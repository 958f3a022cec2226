/** What is known of customers, beside the log: told to devices, and erased. */
@NullMarked
package dev.countersign.server.customer;

import org.jspecify.annotations.NullMarked;
