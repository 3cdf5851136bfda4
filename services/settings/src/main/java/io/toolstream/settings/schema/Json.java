package io.toolstream.settings.schema;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The JSON reader of this package: as deep and as long as any limit that can be set, no more. */
final class Json {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(512)
                    .maxNumberLength(10_000)
                    // Jackson keeps some thousand names it has seen, for good.
                    .maxNameLength(4_096)
                    .build())
            .build();

    static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private Json() {}
}
