@NullMarked
package io.toolstream.runtime.logging;

import org.jspecify.annotations.NullMarked;
