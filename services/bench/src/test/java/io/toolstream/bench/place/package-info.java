/** Parts in processes of their own. */
@NullMarked
package io.toolstream.bench.place;

import org.jspecify.annotations.NullMarked;
