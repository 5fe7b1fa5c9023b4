/**
 * What a run has to say, before it is drawn: the headline, tiles, charts as plain numbers, tables. HTML, PNG, JUnit XML and markdown all show
 * this one story, so that they cannot disagree. May use: metrics, {@code dev.kilonode.reports.run}. Never: HTML, pictures.
 */
@NullMarked
package dev.kilonode.reports.story;

import org.jspecify.annotations.NullMarked;
