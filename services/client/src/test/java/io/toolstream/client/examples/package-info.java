/** Code that the documentation quotes; compiled, so that it stays true. */
@NullMarked
package io.toolstream.client.examples;

import org.jspecify.annotations.NullMarked;
