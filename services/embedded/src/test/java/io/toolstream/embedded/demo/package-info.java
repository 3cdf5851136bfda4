@NullMarked
package io.toolstream.embedded.demo;

import org.jspecify.annotations.NullMarked;
