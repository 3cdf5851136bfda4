@NullMarked
package io.toolstream.settings;

import org.jspecify.annotations.NullMarked;
