/**
 * A run, a comparison or a forecast as one offline HTML page: it requests nothing, escapes every value, and has at most 5 MB. Templates
 * are in {@code src/main/jte}. Never: run data directly, pictures other than those passed in.
 */
@NullMarked
package dev.kilonode.reports.render.html;

import org.jspecify.annotations.NullMarked;
