/** The chunk store of a node, and its replies to clients that request quotes, store chunks and fetch them. */
@NullMarked
package dev.kilonode.node.store;

import org.jspecify.annotations.NullMarked;
