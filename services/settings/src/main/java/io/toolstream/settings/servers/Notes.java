package io.toolstream.settings.servers;

import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;

/** What is to be said about one document: problems stop the start, warnings do not. */
record Notes(SourceTree tree, Problems problems, Problems warnings) {
    void problem(String pointer, String message) {
        problems.add(tree.problem(pointer, message));
    }

    void keyProblem(String pointer, String message) {
        problems.add(tree.keyProblem(pointer, message));
    }

    void warning(String pointer, String message) {
        warnings.add(tree.problem(pointer, message));
    }

    void keyWarning(String pointer, String message) {
        warnings.add(tree.keyProblem(pointer, message));
    }
}
