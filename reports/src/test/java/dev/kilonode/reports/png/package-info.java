/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.png;

import org.jspecify.annotations.NullMarked;
