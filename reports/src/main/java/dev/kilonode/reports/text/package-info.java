/** The story for machines and pull requests: JUnit XML and markdown. May use: {@code dev.kilonode.reports.story}, the records of {@code dev.kilonode.reports.run}. Never: run data directly. */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
