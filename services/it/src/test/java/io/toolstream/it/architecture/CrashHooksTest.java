package io.toolstream.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Crash points are reached from outside, with a debugger: nothing that is shipped can end its own process, but for the
 * command when it is over.
 */
final class CrashHooksTest {
    @Test
    void shippedModules_cannotEndTheirProcess() {
        nothingEndsTheProcess("of a module that is shipped, but for the command", CrashHooksTest::isShipped)
                .check(Toolstream.CLASSES);
    }

    /** The tool server for tests can end its process, which is what it is for. */
    @Test
    void endOfAProcess_isSeen() {
        ArchRule ofTests = nothingEndsTheProcess(
                "of the test kit", type -> Toolstream.moduleOf(type).orElse("").equals("testkit"));

        assertThatThrownBy(() -> ofTests.check(Toolstream.CLASSES)).hasMessageContaining("halt");
    }

    private static boolean isShipped(JavaClass type) {
        String module = Toolstream.moduleOf(type).orElse("testkit");
        return !module.equals("testkit") && !type.getName().equals("io.toolstream.cli.Toolstream");
    }

    private static ArchRule nothingEndsTheProcess(String which, Predicate<JavaClass> classes) {
        return noClasses()
                .that(DescribedPredicate.describe(which, classes))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
    }
}
