/**
 * Registry and dispatch designs, built-in or from plugins: found by name in a folder of jars or on the class path. It creates no nodes and
 * does not depend on scenarios or runs.
 */
@NullMarked
package dev.kilonode.simulator.plugins;

import org.jspecify.annotations.NullMarked;
