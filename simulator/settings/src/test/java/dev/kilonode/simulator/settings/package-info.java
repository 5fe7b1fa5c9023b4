/** Tests of the settings. */
@NullMarked
package dev.kilonode.simulator.settings;

import org.jspecify.annotations.NullMarked;
