/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.render.html;

import org.jspecify.annotations.NullMarked;
