@NullMarked
package dev.kilonode.simulator.run.distributed;

import org.jspecify.annotations.NullMarked;
