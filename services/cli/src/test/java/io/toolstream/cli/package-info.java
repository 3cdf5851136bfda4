/** Tests of the package. */
@NullMarked
package io.toolstream.cli;

import org.jspecify.annotations.NullMarked;
