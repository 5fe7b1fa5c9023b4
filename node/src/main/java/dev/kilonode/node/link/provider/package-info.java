/**
 * The interface of a link that scenarios can name, found by ServiceLoader, built-in or in a user's jar. It depends on no particular link.
 */
@NullMarked
package dev.kilonode.node.link.provider;

import org.jspecify.annotations.NullMarked;
