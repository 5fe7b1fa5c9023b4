/** The run directory: written, read, charted. May use: dev.kilonode.reports and all below it. Never: nodes, simulators. */
@NullMarked
package dev.kilonode.reports;

import org.jspecify.annotations.NullMarked;
