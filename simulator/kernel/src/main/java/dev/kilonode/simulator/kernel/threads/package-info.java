/** The threads of a virtual run, the only ones of the kernel. What they run does not depend on their number. */
@NullMarked
package dev.kilonode.simulator.kernel.threads;

import org.jspecify.annotations.NullMarked;
