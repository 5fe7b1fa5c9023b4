/** A whole node and a whole client, put together from their parts. */
@NullMarked
package dev.kilonode.node;

import org.jspecify.annotations.NullMarked;
