package io.toolstream.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SourceTreeTest {
    @Test
    void over_mergesObjectsAndReplacesTheRest() {
        SourceTree both = tree("strong", "a: {b: 1, l: [9]}\nc: {}\nn:\nd: {x:}\n")
                .over(tree("weak", "a: {b: 2, e: 3, l: [1, 2]}\nc: 5\nn: 4\nd: {x: 6}\n"));

        assertThat(both.root()).hasToString("{\"a\":{\"b\":1,\"e\":3,\"l\":[9]},\"c\":{},\"n\":4,\"d\":{\"x\":6}}");
        assertThat(both.origin("/a/b")).hasToString("strong:1:8");
        assertThat(both.origin("/a/e").place()).isEqualTo("weak");
        assertThat(both.origin("/n").place()).isEqualTo("weak");
        assertThat(both.origin("/d/x").place()).isEqualTo("weak");
        assertThat(both.origin("/a/l/0").place()).isEqualTo("strong");
    }

    private static SourceTree tree(String place, String yaml) {
        Problems problems = new Problems();
        SourceTree tree = SourceReader.yaml(yaml.getBytes(StandardCharsets.UTF_8), place, problems);
        assertThat(problems.isEmpty()).isTrue();
        return tree;
    }
}
