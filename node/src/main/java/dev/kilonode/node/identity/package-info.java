/** Node identity: peer ids, a cache keyed by them, key pairs, signatures through the JCA. */
@NullMarked
package dev.kilonode.node.identity;

import org.jspecify.annotations.NullMarked;
