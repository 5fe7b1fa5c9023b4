/** The upload client: splits a file into chunks, looks up nodes, pays, stores, retries. */
@NullMarked
package dev.kilonode.node.upload;

import org.jspecify.annotations.NullMarked;
