/** Shows the calls that wait for their tool servers. Called on the main thread. */
@NullMarked
package io.toolstream.cli.parked;

import org.jspecify.annotations.NullMarked;
