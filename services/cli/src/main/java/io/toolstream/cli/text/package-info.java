/** How things look: tables, colours, text that cannot harm a terminal. Pure; any thread. */
@NullMarked
package io.toolstream.cli.text;

import org.jspecify.annotations.NullMarked;
