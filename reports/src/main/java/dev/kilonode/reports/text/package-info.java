/** The story for machines and pull requests: JUnit XML and markdown; comparisons as text and JSON. May use: {@code dev.kilonode.reports.story}, the records of {@code dev.kilonode.reports.run}, {@code dev.kilonode.reports.compare}, {@code dev.kilonode.reports.statistics.samples}. Never: run data directly. */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
