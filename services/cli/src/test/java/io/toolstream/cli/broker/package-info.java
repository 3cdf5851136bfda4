/** Tests of the package. */
@NullMarked
package io.toolstream.cli.broker;

import org.jspecify.annotations.NullMarked;
