/** One run from scenario to run directory. May use: dev.kilonode.node, dev.kilonode.reports. */
@NullMarked
package dev.kilonode.simulator;

import org.jspecify.annotations.NullMarked;
