/** Tests of forecasts: on runs written by hand. */
@NullMarked
package dev.kilonode.reports.forecast;

import org.jspecify.annotations.NullMarked;
