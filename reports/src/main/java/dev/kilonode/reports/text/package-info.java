/**
 * The story, a suite's result and comparisons for machines and pull requests: JUnit XML, markdown, annotations, text, JSON. May use:
 * {@code dev.kilonode.reports.story}, {@code dev.kilonode.reports.suite}, {@code dev.kilonode.reports.compare},
 * {@code dev.kilonode.reports.forecast}, metrics,
 * {@code dev.kilonode.reports.statistics}, {@code dev.kilonode.reports.statistics.samples}, the records of {@code dev.kilonode.reports.run}. Never: run data directly.
 */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
