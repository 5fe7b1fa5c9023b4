/**
 * Scenarios as tests of JUnit Jupiter: {@link dev.kilonode.junit.Testnet} runs one and hands its results to a test method, {@link
 * dev.kilonode.junit.TestnetAssertions} asks what came of it. May use: dev.kilonode.simulator.cli, dev.kilonode.simulator.harness,
 * dev.kilonode.simulator.scenario, dev.kilonode.simulator.plugin, dev.kilonode.reports.run,
 * dev.kilonode.reports.model, dev.kilonode.reports.render.text. Never: nodes, the
 * engine, the world.
 */
@NullMarked
package dev.kilonode.junit;

import org.jspecify.annotations.NullMarked;
