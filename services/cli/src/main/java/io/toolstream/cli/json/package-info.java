/** JSON as commands need it: a small tree to look into schemas and results, and layouts that leave every token as it is. */
@NullMarked
package io.toolstream.cli.json;

import org.jspecify.annotations.NullMarked;
