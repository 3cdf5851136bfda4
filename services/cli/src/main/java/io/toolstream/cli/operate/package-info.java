/** Commands of an operator: topics, settings, and a worker alone. */
@NullMarked
package io.toolstream.cli.operate;

import org.jspecify.annotations.NullMarked;
