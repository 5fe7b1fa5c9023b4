/** The chunks a node holds. May use: config, runtime, identity, wire. */
@NullMarked
package dev.kilonode.node.store;

import org.jspecify.annotations.NullMarked;
