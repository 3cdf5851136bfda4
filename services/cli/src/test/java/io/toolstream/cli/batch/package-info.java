/** Tests of the parts of {@code toolstream batch}. */
@NullMarked
package io.toolstream.cli.batch;

import org.jspecify.annotations.NullMarked;
