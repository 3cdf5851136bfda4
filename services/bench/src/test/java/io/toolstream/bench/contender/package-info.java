/** What calls and answers look like. */
@NullMarked
package io.toolstream.bench.contender;

import org.jspecify.annotations.NullMarked;
