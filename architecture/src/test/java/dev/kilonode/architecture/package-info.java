/** Tests of the project's structure: directions between packages, determinism, names, documents. */
@NullMarked
package dev.kilonode.architecture;

import org.jspecify.annotations.NullMarked;
