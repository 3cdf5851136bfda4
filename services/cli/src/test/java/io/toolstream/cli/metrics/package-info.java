/** Tests of what the commands about metrics show. */
@NullMarked
package io.toolstream.cli.metrics;

import org.jspecify.annotations.NullMarked;
