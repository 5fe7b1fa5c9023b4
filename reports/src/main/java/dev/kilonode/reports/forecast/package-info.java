/**
 * When a network breaks and which resource is exhausted first, from the data of runs; {@code forecast.json}. Field names are a public
 * contract. May use: {@code dev.kilonode.reports.run}, {@code dev.kilonode.reports.statistics}, commons-statistics-descriptive. Never:
 * nodes, simulators, processes.
 */
@NullMarked
package dev.kilonode.reports.forecast;

import org.jspecify.annotations.NullMarked;
