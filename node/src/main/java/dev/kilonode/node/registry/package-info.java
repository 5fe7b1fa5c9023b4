/**
 * Who is connected where: the peer registry and its locking designs, side by side: the subject of the study. May use:
 * runtime, identity, wire, link, observe.
 */
@NullMarked
package dev.kilonode.node.registry;

import org.jspecify.annotations.NullMarked;
