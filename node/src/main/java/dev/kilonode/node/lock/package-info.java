/** Locks that are held across asynchronous steps. Never: threads, blocking, the maps they guard. */
@NullMarked
package dev.kilonode.node.lock;

import org.jspecify.annotations.NullMarked;
