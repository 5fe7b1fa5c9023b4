/**
 * What a protocol implements to be a link that scenarios can name: found by ServiceLoader, built-in or in a user's jar. Never: a
 * particular protocol.
 */
@NullMarked
package dev.kilonode.node.link.provider;

import org.jspecify.annotations.NullMarked;
