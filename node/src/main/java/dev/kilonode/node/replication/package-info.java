/** Keeps chunks on the nodes closest to them. */
@NullMarked
package dev.kilonode.node.replication;

import org.jspecify.annotations.NullMarked;
