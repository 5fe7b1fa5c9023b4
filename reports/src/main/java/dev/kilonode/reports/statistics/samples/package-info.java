/**
 * Tests for the difference of two samples of runs: rank tests that are exact for few runs, the shift with its confidence interval, and
 * change points in a sequence of runs. Works on numbers only. Never: runs, files, random numbers.
 */
@NullMarked
package dev.kilonode.reports.statistics.samples;

import org.jspecify.annotations.NullMarked;
