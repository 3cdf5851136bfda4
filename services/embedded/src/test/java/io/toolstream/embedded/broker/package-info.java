@NullMarked
package io.toolstream.embedded.broker;

import org.jspecify.annotations.NullMarked;
