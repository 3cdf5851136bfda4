@NullMarked
package io.toolstream.runtime.admin;

import org.jspecify.annotations.NullMarked;
