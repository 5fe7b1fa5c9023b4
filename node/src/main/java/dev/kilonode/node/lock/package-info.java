/** Locks that are held across asynchronous steps. They do not block threads, and do not depend on the maps they guard. */
@NullMarked
package dev.kilonode.node.lock;

import org.jspecify.annotations.NullMarked;
