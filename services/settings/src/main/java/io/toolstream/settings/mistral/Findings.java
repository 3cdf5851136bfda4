package io.toolstream.settings.mistral;

import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;

/**
 * What is said about a file while it is read.
 *
 * @param problems what mistral.rs would not start with, or what cannot be used here
 * @param warnings what is otherwise than it seems, there or here
 */
record Findings(SourceTree tree, Problems problems, Problems warnings) {
    void problem(String pointer, String message) {
        problems.add(tree.problem(pointer, message));
    }

    void warning(String pointer, String message) {
        warnings.add(tree.problem(pointer, message));
    }
}
