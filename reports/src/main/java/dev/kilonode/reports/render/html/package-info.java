/**
 * The story, a comparison or a forecast, as one offline HTML file: no request, nothing unescaped, at most 5 MB. May use: {@code dev.kilonode.reports.model}, the records of {@code dev.kilonode.reports.run},
 * {@code dev.kilonode.reports.compare}, {@code dev.kilonode.reports.forecast}, {@code dev.kilonode.reports.statistics.samples}, words of {@code dev.kilonode.reports.render.text}.
 * Never: run data directly, pictures other than those handed in.
 */
@NullMarked
package dev.kilonode.reports.render.html;

import org.jspecify.annotations.NullMarked;
