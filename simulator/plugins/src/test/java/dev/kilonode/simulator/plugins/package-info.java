/** Tests of designs by name. */
@NullMarked
package dev.kilonode.simulator.plugins;

import org.jspecify.annotations.NullMarked;
