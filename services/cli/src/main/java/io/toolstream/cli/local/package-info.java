/** Everything on this machine: the demonstration, the pipeline for development, the demo tool server, the bench. */
@NullMarked
package io.toolstream.cli.local;

import org.jspecify.annotations.NullMarked;
