/**
 * When a network breaks and which resource is exhausted first, from the data of runs; {@code forecast.json}. Field names are a public
 * contract. Never: nodes, simulators, processes.
 */
@NullMarked
package dev.kilonode.reports.forecast;

import org.jspecify.annotations.NullMarked;
