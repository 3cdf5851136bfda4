/** Tests that what {@code ops} and {@code docker-compose.yml} say fits the program: settings, meters, files, pages. */
@NullMarked
package io.toolstream.it.ops;

import org.jspecify.annotations.NullMarked;
