package io.toolstream.runtime.admin;

import java.util.List;

/** The answers to one probe, written as Kubernetes writes its own. */
record HealthReport(String probe, List<Answer> answers) {
    HealthReport {
        answers = List.copyOf(answers);
    }

    boolean isUp() {
        return answers.stream().allMatch(answer -> answer.health().isUp());
    }

    /** A failed probe always tells why. */
    String text(boolean verbose) {
        if (isUp() && !verbose) {
            return "ok\n";
        }
        StringBuilder text = new StringBuilder();
        answers.forEach(answer -> text.append(answer.line()));
        return text.append(probe)
                .append(isUp() ? " check passed\n" : " check failed\n")
                .toString();
    }

    /** What one check said. */
    record Answer(String name, Health health) {
        String line() {
            String detail =
                    health.detail().isEmpty() ? "" : ": " + health.detail().replaceAll("\\p{Cntrl}", " ");
            return (health.isUp() ? "[+]" : "[-]") + name + (health.isUp() ? " ok" : " failed") + detail + "\n";
        }
    }
}
