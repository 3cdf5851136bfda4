/** The bench itself, briefly: that it measures and checks, not how fast anything is. */
@NullMarked
package io.toolstream.it.bench;

import org.jspecify.annotations.NullMarked;
