/** Who a node is: peer ids, keys, signatures through the JCA. May use: nothing of Kilonode. */
@NullMarked
package dev.kilonode.node.identity;

import org.jspecify.annotations.NullMarked;
