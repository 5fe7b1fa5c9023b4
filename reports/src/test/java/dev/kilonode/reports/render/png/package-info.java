/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.render.png;

import org.jspecify.annotations.NullMarked;
