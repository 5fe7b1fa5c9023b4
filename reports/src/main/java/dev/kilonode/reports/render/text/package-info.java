/**
 * Text output for people and programs: JUnit XML, markdown, GitHub annotations, terminal text, JSON. May use: {@code
 * dev.kilonode.reports.model}, {@code dev.kilonode.reports.suite}, {@code dev.kilonode.reports.compare}, {@code
 * dev.kilonode.reports.forecast}, {@code dev.kilonode.reports.statistics}, {@code dev.kilonode.reports.statistics.samples}, the records of
 * {@code dev.kilonode.reports.run}, commons-statistics-descriptive. Never: run data directly.
 */
@NullMarked
package dev.kilonode.reports.render.text;

import org.jspecify.annotations.NullMarked;
