/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.story;

import org.jspecify.annotations.NullMarked;
