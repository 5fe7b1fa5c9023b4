/** A whole node and a whole client, put together from their parts. May use: every package of the node. */
@NullMarked
package dev.kilonode.node;

import org.jspecify.annotations.NullMarked;
