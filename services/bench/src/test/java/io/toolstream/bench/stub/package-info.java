/** The stub against a plain HTTP client. */
@NullMarked
package io.toolstream.bench.stub;

import org.jspecify.annotations.NullMarked;
