/** Value types and settings of a node: units, and the meaning of each setting. */
@NullMarked
package dev.kilonode.node.config;

import org.jspecify.annotations.NullMarked;
