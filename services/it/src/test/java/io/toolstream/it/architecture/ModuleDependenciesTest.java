package io.toolstream.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, and the one home of each library. Adding an arrow here is a design decision. */
final class ModuleDependenciesTest {
    private static final JavaClasses CLASSES = Toolstream.CLASSES;

    /** Module → the modules of ours it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("wire", Set.of()),
            Map.entry("kafka", Set.of("wire")),
            Map.entry("mcp", Set.of()),
            Map.entry("settings", Set.of()),
            Map.entry("runtime", Set.of("settings")),
            Map.entry("client", Set.of("wire", "kafka")),
            Map.entry("worker", Set.of("wire", "kafka", "mcp", "settings", "runtime")),
            Map.entry("metrics", Set.of("wire", "kafka", "settings", "runtime", "client")),
            Map.entry("testkit", Set.of("wire")),
            Map.entry("embedded", Set.of("wire", "kafka", "mcp", "settings", "runtime", "client", "worker", "metrics")),
            Map.entry(
                    "bench",
                    Set.of(
                            "wire",
                            "kafka",
                            "mcp",
                            "settings",
                            "runtime",
                            "client",
                            "worker",
                            "metrics",
                            "embedded",
                            "testkit")),
            Map.entry(
                    "cli",
                    Set.of(
                            "wire",
                            "kafka",
                            "mcp",
                            "settings",
                            "runtime",
                            "client",
                            "worker",
                            "metrics",
                            "embedded",
                            "bench")));

    /** Package prefix of a library → the packages of ours that may see it. */
    private static final Map<String, List<String>> HOMES = Map.ofEntries(
            Map.entry("org.apache.kafka.streams.", List.of("io.toolstream.metrics")),
            Map.entry(
                    "org.apache.kafka.",
                    List.of(
                            "io.toolstream.kafka",
                            "io.toolstream.metrics",
                            "io.toolstream.embedded.broker",
                            "io.toolstream.bench")),
            Map.entry("kafka.", List.of("io.toolstream.embedded.broker")),
            Map.entry("io.netty.", List.of("io.toolstream.mcp")),
            Map.entry(
                    "tools.jackson.",
                    List.of(
                            "io.toolstream.wire",
                            "io.toolstream.mcp.json",
                            "io.toolstream.settings",
                            "io.toolstream.cli.json")),
            Map.entry("com.networknt.", List.of("io.toolstream.settings")),
            Map.entry(
                    "io.micrometer.",
                    List.of("io.toolstream.runtime", "io.toolstream.worker.meter", "io.toolstream.metrics")),
            Map.entry("io.prometheus.", List.of("io.toolstream.runtime.meter")),
            Map.entry("io.opentelemetry.", List.of("io.toolstream.runtime.tracing")),
            Map.entry("io.github.resilience4j.", List.of("io.toolstream.worker.resilience")),
            Map.entry("ch.qos.logback.", List.of("io.toolstream.runtime")),
            Map.entry("com.github.benmanes.caffeine.", List.of("io.toolstream.worker.cache.local")),
            Map.entry("redis.embedded.", List.of("io.toolstream.embedded.redis")),
            Map.entry("io.lettuce.", List.of("io.toolstream.worker.cache.redis")),
            Map.entry("picocli.", List.of("io.toolstream.cli")),
            Map.entry("io.modelcontextprotocol.", List.of("io.toolstream.bench")),
            Map.entry("org.HdrHistogram.", List.of("io.toolstream.bench")),
            Map.entry("org.openjdk.jmh.", List.of("io.toolstream.bench")),
            Map.entry("com.sun.net.httpserver.", List.of("io.toolstream.runtime", "io.toolstream.embedded.demo")));

    static Set<String> modules() {
        return ARROWS.keySet();
    }

    static Set<String> libraries() {
        return HOMES.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_usesOnlyWhatIsBelowIt(String module) {
        Set<String> allowed = ARROWS.getOrDefault(module, Set.of());
        DescribedPredicate<JavaClass> foreign = DescribedPredicate.describe(
                "of a module that " + module + " may not use",
                used -> Toolstream.moduleOf(used)
                        .filter(name -> !name.equals(module) && !allowed.contains(name))
                        .isPresent());
        noClasses()
                .that()
                .resideInAPackage("io.toolstream." + module + "..")
                .should()
                .dependOnClassesThat(foreign)
                .because("arrows between modules go downwards only")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void library_isSeenOnlyInItsHome(String library) {
        List<String> homes = HOMES.getOrDefault(library, List.of());
        noClasses()
                .that(DescribedPredicate.describe(
                        "outside of the home of " + library,
                        user -> homes.stream()
                                .noneMatch(home -> user.getPackageName().equals(home)
                                        || user.getPackageName().startsWith(home + "."))))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of " + library, used -> used.getName().startsWith(library)))
                .because("a library has one home; elsewhere our own interface is seen")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void workerStages_knowOnlyTheInvokePackage() {
        for (String stage :
                List.of("admission", "cache", "resilience", "health", "limits", "effects", "mcp", "meter", "trace")) {
            noClasses()
                    .that()
                    .resideInAPackage("io.toolstream.worker." + stage + "..")
                    .should()
                    .dependOnClassesThat(DescribedPredicate.describe(
                            "of another stage or of the composition root",
                            used -> used.getPackageName().startsWith("io.toolstream.worker")
                                    && !used.getPackageName().startsWith("io.toolstream.worker." + stage)
                                    && !used.getPackageName().equals("io.toolstream.worker.invoke")
                                    && !used.getPackageName().equals("io.toolstream.worker.catalogue")))
                    .because("only the composition root knows all stages")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void packages_areNullMarked() {
        classes()
                .that()
                .resideInAPackage("io.toolstream..")
                .and()
                .resideOutsideOfPackage("..jmh_generated..")
                .and()
                .areTopLevelClasses()
                .should(Toolstream.resideInANullMarkedPackage())
                .check(CLASSES);
    }
}
