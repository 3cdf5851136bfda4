@NullMarked
package io.toolstream.settings.schema;

import org.jspecify.annotations.NullMarked;
