/**
 * Dispatch designs: pure functions that assign the messages of a source to one of a node's shards. They have no state, do not see the load,
 * and do not depend on the transport, which calls them.
 */
@NullMarked
package dev.kilonode.node.dispatch;

import org.jspecify.annotations.NullMarked;
