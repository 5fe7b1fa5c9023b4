/** The story's main charts as PNG, 1280 x 480. May use: {@code dev.kilonode.reports.story}, JFreeChart. Never: run data directly, HTML. */
@NullMarked
package dev.kilonode.reports.png;

import org.jspecify.annotations.NullMarked;
