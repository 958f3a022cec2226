/** What an owner can set, and where the server keeps its files. */
@NullMarked
package dev.countersign.server.config;

import org.jspecify.annotations.NullMarked;
