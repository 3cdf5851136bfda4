/** Tests that hold the house together: who may use whom, where a library lives, how code is written. No broker. */
@NullMarked
package io.toolstream.it.architecture;

import org.jspecify.annotations.NullMarked;
