/** What the settings of a node are made of: units, and the meaning of each setting. */
@NullMarked
package dev.kilonode.node.config;

import org.jspecify.annotations.NullMarked;
