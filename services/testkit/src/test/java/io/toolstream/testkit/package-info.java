@NullMarked
package io.toolstream.testkit;

import org.jspecify.annotations.NullMarked;
