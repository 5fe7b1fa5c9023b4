/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.run;

import org.jspecify.annotations.NullMarked;
