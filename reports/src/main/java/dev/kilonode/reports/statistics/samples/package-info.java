/**
 * Whether two samples of runs differ, and by how much: rank tests that are exact for few runs, the shift with its interval, and where a row of runs changed. Numbers in, numbers out. May use: {@code dev.kilonode.reports.statistics},
 * commons-statistics-inference. Never: runs, files,
 * chance.
 */
@NullMarked
package dev.kilonode.reports.statistics.samples;

import org.jspecify.annotations.NullMarked;
