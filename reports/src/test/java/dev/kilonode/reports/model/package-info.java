/** Tests of the package of this name. */
@NullMarked
package dev.kilonode.reports.model;

import org.jspecify.annotations.NullMarked;
