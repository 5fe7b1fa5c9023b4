/** Tests of the extension, by means of the extension. */
@NullMarked
package dev.kilonode.junit;

import org.jspecify.annotations.NullMarked;
