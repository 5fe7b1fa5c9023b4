/** The scenario file: its records, built-in values, loader with positions, checks of meaning, and schema. May use: dev.kilonode.node's configuration records, metrics, dev.kilonode.simulator.world's and dev.kilonode.simulator.wall's, plugin. Never: a running network, sockets, threads, the clock. */
@NullMarked
package dev.kilonode.simulator.scenario;

import org.jspecify.annotations.NullMarked;
