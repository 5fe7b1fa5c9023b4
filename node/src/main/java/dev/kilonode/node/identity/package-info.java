/** Node identity: peer ids, a cache keyed by them, key pairs, signatures through the JCA. May use: nothing of Kilonode. */
@NullMarked
package dev.kilonode.node.identity;

import org.jspecify.annotations.NullMarked;
