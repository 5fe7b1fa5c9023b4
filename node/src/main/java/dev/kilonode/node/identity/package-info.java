/** Who a node is: peer ids, what was lately found out about them, keys, signatures through the JCA. May use: nothing of Kilonode. */
@NullMarked
package dev.kilonode.node.identity;

import org.jspecify.annotations.NullMarked;
