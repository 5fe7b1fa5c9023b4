/**
 * Registry designs, dispatch designs and links from outside: found in a folder of jars or on the class path, by name, beside the
 * built-in ones. May use: dev.kilonode.node.registry, dispatch, link, observe, runtime, wire. Never: scenarios, runs; it makes no node.
 */
@NullMarked
package dev.kilonode.simulator.plugins;

import org.jspecify.annotations.NullMarked;
