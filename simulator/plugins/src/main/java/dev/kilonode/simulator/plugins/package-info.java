/**
 * Registry and dispatch designs of plugins: found by name in a folder of jars or on the class path, besides the built-in ones. Never:
 * scenarios, runs; it creates no nodes.
 */
@NullMarked
package dev.kilonode.simulator.plugins;

import org.jspecify.annotations.NullMarked;
