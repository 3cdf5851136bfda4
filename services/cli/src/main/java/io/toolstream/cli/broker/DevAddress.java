package io.toolstream.cli.broker;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a running {@code toolstream dev} is, as it tells the other commands of the same user. */
public record DevAddress(String bootstrapServers, long processId) {
    String text() {
        return "bootstrap=" + bootstrapServers + "\npid=" + processId + "\n";
    }

    /** Empty where the text is not one: half written, or of another version. */
    static Optional<DevAddress> parse(String text) {
        Map<String, String> values = text.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, last) -> last));
        String bootstrap = values.getOrDefault("bootstrap", "");
        String pid = values.getOrDefault("pid", "");
        return bootstrap.isEmpty() || !pid.matches("\\d{1,18}")
                ? Optional.empty()
                : Optional.of(new DevAddress(bootstrap, Long.parseLong(pid)));
    }
}
