/** Tests of the statistics: published examples, and seeded error rates. */
@NullMarked
package dev.kilonode.reports.statistics;

import org.jspecify.annotations.NullMarked;
