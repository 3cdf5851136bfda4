@NullMarked
package io.toolstream.settings.mistral;

import org.jspecify.annotations.NullMarked;
