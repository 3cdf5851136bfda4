@NullMarked
package io.toolstream.settings.source;

import org.jspecify.annotations.NullMarked;
