/** What the settings of a node are made of: units, and the meaning of each setting. May use: nothing of Kilonode. */
@NullMarked
package dev.kilonode.node.config;

import org.jspecify.annotations.NullMarked;
