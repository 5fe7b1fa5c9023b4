/**
 * Runs against runs: two sets of them, one against a committed baseline, or many in order of time. The unit is the run, in virtual time the
 * seed; windows of one run are never taken for samples. May use: metrics, the heads of {@code dev.kilonode.reports.run},
 * {@code dev.kilonode.reports.statistics}, {@code dev.kilonode.reports.statistics.samples}, points and words of {@code dev.kilonode.reports.story}. Never: HTML, pictures, sockets.
 */
@NullMarked
package dev.kilonode.reports.compare;

import org.jspecify.annotations.NullMarked;
