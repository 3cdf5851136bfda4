@NullMarked
package io.toolstream.settings.servers;

import org.jspecify.annotations.NullMarked;
