/** Commands about dead letters: list, show, send again, put aside. On the main thread. */
@NullMarked
package io.toolstream.cli.deadletters;

import org.jspecify.annotations.NullMarked;
