package io.toolstream.worker.catalogue;

import io.toolstream.worker.invoke.Tool;

/** A tool's definition, made ready or found useless. */
sealed interface Compiled {
    /** It can be called. */
    record Usable(Tool tool) implements Compiled {}

    /** It cannot, since its arguments could not be checked. */
    record Unusable(String why) implements Compiled {}
}
