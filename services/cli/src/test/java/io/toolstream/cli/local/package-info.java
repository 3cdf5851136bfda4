/** Tests of what runs on this machine. */
@NullMarked
package io.toolstream.cli.local;

import org.jspecify.annotations.NullMarked;
