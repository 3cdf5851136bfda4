/** Commands that measure: how fast the line is beside its floor and a peer, and what a worker holds under many calls. */
@NullMarked
package io.toolstream.cli.bench;

import org.jspecify.annotations.NullMarked;
