/** People and programs at the interface: passwords, second factors, sessions and keys. */
@NullMarked
package dev.countersign.server.signin;

import org.jspecify.annotations.NullMarked;
