/**
 * The peer registry, which maps peers to connections, and its locking designs, which are the subject of the study. It does not depend on
 * the transport, which uses it.
 */
@NullMarked
package dev.kilonode.node.registry;

import org.jspecify.annotations.NullMarked;
