/** Tests of the node as a whole: the rules that its packages keep. */
@NullMarked
package dev.kilonode.node;

import org.jspecify.annotations.NullMarked;
