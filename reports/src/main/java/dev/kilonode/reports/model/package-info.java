/**
 * What a run has to say, before it is drawn: the headline, tiles, charts as plain numbers, tables. HTML, PNG, JUnit XML and markdown all show
 * this one story, so that they cannot disagree. May use: {@code dev.kilonode.reports.run}. Never: HTML, pictures.
 */
@NullMarked
package dev.kilonode.reports.model;

import org.jspecify.annotations.NullMarked;
