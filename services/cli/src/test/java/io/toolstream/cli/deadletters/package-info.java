/** Tests of the commands about dead letters. */
@NullMarked
package io.toolstream.cli.deadletters;

import org.jspecify.annotations.NullMarked;
