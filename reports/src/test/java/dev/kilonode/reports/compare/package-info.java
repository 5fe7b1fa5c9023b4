/** Tests of comparisons, baselines and histories. */
@NullMarked
package dev.kilonode.reports.compare;

import org.jspecify.annotations.NullMarked;
