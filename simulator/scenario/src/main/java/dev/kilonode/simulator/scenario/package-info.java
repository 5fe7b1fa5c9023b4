/**
 * The scenario file: its records, built-in values, loader with positions, validation, and schema. Never: a running network, sockets,
 * threads, the clock.
 */
@NullMarked
package dev.kilonode.simulator.scenario;

import org.jspecify.annotations.NullMarked;
