/** Tests of the package. */
@NullMarked
package io.toolstream.cli.call;

import org.jspecify.annotations.NullMarked;
