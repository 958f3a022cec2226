/** What people do at the till, each as one class that reads like the act itself. No toolkit. */
@NullMarked
package dev.countersign.client.flow;

import org.jspecify.annotations.NullMarked;
