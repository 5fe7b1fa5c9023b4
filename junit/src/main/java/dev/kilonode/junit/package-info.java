/**
 * Scenarios as tests of JUnit Jupiter: {@link dev.kilonode.junit.Testnet} runs one and hands its results to a test method, {@link
 * dev.kilonode.junit.TestnetAssertions} asks what came of it. Never: nodes, the engine, the world.
 */
@NullMarked
package dev.kilonode.junit;

import org.jspecify.annotations.NullMarked;
