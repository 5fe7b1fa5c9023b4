/**
 * The report model: headline, key figures, charts as plain numbers, tables. HTML, PNG, JUnit XML and markdown are all rendered from it,
 * so that they agree. Never: HTML, pictures.
 */
@NullMarked
package dev.kilonode.reports.model;

import org.jspecify.annotations.NullMarked;
