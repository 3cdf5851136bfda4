/** What the options of measuring commands come to; nothing is measured. */
@NullMarked
package io.toolstream.cli.bench;

import org.jspecify.annotations.NullMarked;
