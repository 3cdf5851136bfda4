@NullMarked
package io.toolstream.runtime;

import org.jspecify.annotations.NullMarked;
