/** Tests of the package. */
@NullMarked
package io.toolstream.cli.json;

import org.jspecify.annotations.NullMarked;
