/**
 * When a network breaks, and which of its resources runs short first, from the data of runs; {@code forecast.json}. Field names are a
 * public contract. May use: metrics, {@code dev.kilonode.reports.run}, {@code dev.kilonode.reports.statistics}. Never: nodes, simulators, processes.
 */
@NullMarked
package dev.kilonode.reports.forecast;

import org.jspecify.annotations.NullMarked;
