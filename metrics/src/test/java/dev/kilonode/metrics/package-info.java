/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.metrics;

import org.jspecify.annotations.NullMarked;
