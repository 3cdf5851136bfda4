/** Where the broker is, whether it answers, and the pipeline behind it as commands use it. Blocks the main thread, bounded. */
@NullMarked
package io.toolstream.cli.broker;

import org.jspecify.annotations.NullMarked;
