/** {@code toolstream tools} and {@code toolstream servers}: what the workers announced. */
@NullMarked
package io.toolstream.cli.catalogue;

import org.jspecify.annotations.NullMarked;
