/**
 * A run, a comparison or a forecast as one offline HTML page: it requests nothing, escapes every value, and has at most 5 MB. Templates are
 * in {@code src/main/jte}. May use: {@code dev.kilonode.reports.model}, the records of {@code dev.kilonode.reports.run}, {@code
 * dev.kilonode.reports.compare}, {@code dev.kilonode.reports.forecast}, {@code dev.kilonode.reports.statistics.samples}, words of {@code
 * dev.kilonode.reports.render.text}. Never: run data directly, pictures other than those passed in.
 */
@NullMarked
package dev.kilonode.reports.render.html;

import org.jspecify.annotations.NullMarked;
