package io.toolstream.worker.admission;

import io.toolstream.settings.schema.Violation;
import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Refusal;
import io.toolstream.worker.invoke.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Arguments must satisfy the tool's own input schema. Says where they do not, never what they are. */
public final class ArgumentsRule implements AdmissionRule {
    @Override
    public Optional<Refusal> check(Call call, Tool tool) {
        RawJson arguments = call.arguments();
        List<Violation> violations =
                tool.arguments().validate(arguments.array(), arguments.offset(), arguments.length());
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(ErrorCode.INVALID_ARGUMENTS, message(tool, violations)));
    }

    private static String message(Tool tool, List<Violation> violations) {
        return violations.stream()
                .map(violation -> "/arguments" + violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining("; ", "arguments break the input schema of " + tool.title() + ": ", ""));
    }
}
