@NullMarked
package io.toolstream.runtime.meter;

import org.jspecify.annotations.NullMarked;
