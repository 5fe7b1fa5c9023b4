/** Tests of the statistics of two samples, with published examples. */
@NullMarked
package dev.kilonode.reports.statistics.samples;

import org.jspecify.annotations.NullMarked;
