/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.html;

import org.jspecify.annotations.NullMarked;
