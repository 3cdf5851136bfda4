@NullMarked
package io.toolstream.client.deadletters;

import org.jspecify.annotations.NullMarked;
