/** The chunks of a node, and its answers to clients that ask for quotes, put and get. */
@NullMarked
package dev.kilonode.node.store;

import org.jspecify.annotations.NullMarked;
