/** Tests of the contract. */
@NullMarked
package io.toolstream.wire;

import org.jspecify.annotations.NullMarked;
