/** The main charts of a report as PNG, 1280 x 480. Never: run data directly, HTML. */
@NullMarked
package dev.kilonode.reports.render.png;

import org.jspecify.annotations.NullMarked;
