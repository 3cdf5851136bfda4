/** Tests of the package. */
@NullMarked
package io.toolstream.cli.text;

import org.jspecify.annotations.NullMarked;
