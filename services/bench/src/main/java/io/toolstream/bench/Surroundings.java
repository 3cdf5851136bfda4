package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.report.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells where a run takes place, as far as results depend on it. */
final class Surroundings {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    static Environment of(BenchSettings settings) {
        Map<String, String> facts = common(settings.placement(), settings.kafka());
        facts.put("placement", placement(settings));
        facts.put("payload", settings.workload().payloadBytes() + " bytes of arguments");
        Duration toolTime = settings.workload().toolTime();
        if (!toolTime.isZero()) {
            facts.put("tool", "takes a time by a log-normal law, median " + toolTime.toMillis() + " ms");
        }
        if (!settings.placement().worker().isEmpty()) {
            facts.put("worker", settings.placement().worker().toString());
        }
        return new Environment(facts);
    }

    /** Of a run with tool servers in this process. */
    static Environment of(Placement placement, KafkaLayout kafka) {
        Map<String, String> facts = common(placement, kafka);
        facts.put(
                "placement",
                (kafka.bootstrapServers() == null ? "broker (one node) and " : "")
                        + "worker in processes of their own, " + placement.servers()
                        + " tool servers and the callers in this; all share the cores, over loopback");
        return new Environment(facts);
    }

    private static Map<String, String> common(Placement placement, KafkaLayout kafka) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB here, " + heaps(placement));
        facts.put("partitions", Integer.toString(kafka.partitions()));
        facts.put("kafka clients", kafka.clientProperties().toString());
        facts.put("load average", load());
        return facts;
    }

    private static String heaps(Placement placement) {
        return placement.inProcess() ? "shared by all parts" : placement.workerHeapMiB() + " MiB for each far side";
    }

    private static String placement(BenchSettings settings) {
        String broker = settings.kafka().bootstrapServers() == null ? "broker (one node), " : "";
        return settings.placement().inProcess()
                ? broker + "stub, far and near sides all in this process"
                : broker
                        + "stub and each far side in a process of its own, near sides in this; all share the cores, over loopback";
    }

    private static String load() {
        return String.format(
                "%.1f at the start",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() {
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        } catch (IOException e) {
            return "processor unknown";
        }
    }
}
