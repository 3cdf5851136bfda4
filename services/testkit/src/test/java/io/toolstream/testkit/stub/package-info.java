@NullMarked
package io.toolstream.testkit.stub;

import org.jspecify.annotations.NullMarked;
