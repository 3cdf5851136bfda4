package io.toolstream.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown by the constructor of a settings record: which of its keys break which rule. */
final class InvalidSettings extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Rules.BrokenRule> broken;

    InvalidSettings(List<Rules.BrokenRule> broken) {
        super(broken.stream().map(rule -> rule.key() + " " + rule.expected()).collect(Collectors.joining("; ")));
        this.broken = List.copyOf(broken);
    }

    List<Rules.BrokenRule> broken() {
        return broken;
    }
}
