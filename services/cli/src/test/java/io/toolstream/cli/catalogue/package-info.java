/** Tests of the package. */
@NullMarked
package io.toolstream.cli.catalogue;

import org.jspecify.annotations.NullMarked;
