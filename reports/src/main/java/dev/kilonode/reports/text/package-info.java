/**
 * The story, and a suite's result, for machines and pull requests: JUnit XML, markdown, annotations. May use:
 * {@code dev.kilonode.reports.story}, {@code dev.kilonode.reports.suite}, the records of {@code dev.kilonode.reports.run}. Never: run
 * data directly.
 */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
