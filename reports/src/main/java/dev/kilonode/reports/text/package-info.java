/** The story for machines and pull requests: JUnit XML and markdown. May use: {@code dev.kilonode.reports.story}, check results. Never: run data directly. */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
