/** A complete node and a complete client, assembled from their parts. */
@NullMarked
package dev.kilonode.node;

import org.jspecify.annotations.NullMarked;
