/**
 * The scenario file: its records, built-in values, loader with positions, validation and schema. It has no network, sockets, threads or
 * clock.
 */
@NullMarked
package dev.kilonode.simulator.scenario;

import org.jspecify.annotations.NullMarked;
