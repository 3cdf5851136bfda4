@NullMarked
package io.toolstream.testkit.json;

import org.jspecify.annotations.NullMarked;
